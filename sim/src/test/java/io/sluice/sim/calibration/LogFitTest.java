package io.sluice.sim.calibration;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

class LogFitTest {
    private static final Gpu GPU =
            new Gpu(
                    "small",
                    Gpu.limits(32, 2_048, 100_000),
                    Gpu.dense(12e-3, 40e-6, 0, 400e-9, 0),
                    new Gpu.Load(200, 6, 500, 150));
    private static final MeasuredLog LOG = GPU.measure(7);
    private static final LogFit FIT = new LogFit(GPU.engine(), Map.of());

    @Test
    void coefficientsAreFoundThroughTheNoise() {
        FittedCost fit = FIT.fit(LOG, StepCostForm.THREE_TERMS);

        double[] truth = {12e-3, 40e-6, 400e-9};
        for (int i = 0; i < truth.length; i++) {
            FittedTerm term = fit.terms().get(i);
            assertThat(term.seconds()).isCloseTo(truth[i], withinPercentage(10));
            assertThat(term.standardError()).isPositive().isLessThan(truth[i] / 5);
        }
        assertThat(fit.quality().rootMeanSquare()).isLessThan(0.02);
        assertThat(fit.quality().conditionNumber()).isBetween(1.0, 50.0);
    }

    /** Only what was known by then counts. */
    @Test
    void whatHappensLaterChangesNothing() {
        long half = LOG.endNanos() / 2;
        MeasuredLog known = LOG.asOf(half);
        MeasuredLog otherEnd =
                new MeasuredLog(
                        LOG.requests().stream()
                                .filter(
                                        r ->
                                                r.lastTokenNanos().orElseThrow() <= half
                                                        || r.arrivalNanos() <= half)
                                .map(r -> r.asOf(half))
                                .toList());

        assertThat(known.requests()).allMatch(r -> r.arrivalNanos() <= half);
        assertThat(known.endNanos()).isLessThanOrEqualTo(half);
        assertThat(known).isEqualTo(otherEnd);
        assertThat(known.completed()).isPositive().isLessThan(known.firstTokens());
    }

    @Test
    void aFitIsTheSameEachTime() {
        assertThat(FIT.fit(LOG, StepCostForm.FOUR_TERMS).seconds())
                .containsExactly(FIT.fit(LOG, StepCostForm.FOUR_TERMS).seconds());
    }

    @Test
    void aFloorIsKeptAndNamed() {
        FittedCost fit =
                new LogFit(GPU.engine(), Map.of(StepTerm.CONTEXT_TOKEN, 600e-9))
                        .fit(LOG, StepCostForm.THREE_TERMS);

        assertThat(fit.terms().get(2).seconds()).isEqualTo(600e-9);
        assertThat(fit.notes()).contains("context-token is at its lower bound");
    }

    @Test
    void theBestFormComesFirstAndFewTermsAreEnoughWhereTheyAre() {
        List<FittedCost> fits = FIT.fitAll(LOG, LogFit.CANDIDATES);

        assertThat(fits).hasSameSizeAs(LogFit.CANDIDATES);
        double least = fits.stream().mapToDouble(f -> f.quality().loss()).min().orElseThrow();
        assertThat(fits.get(0).quality().loss()).isLessThanOrEqualTo(1.05 * least);
    }

    /** Whatever one more term finds, it may be 0: else the search has stopped too early. */
    @Test
    void moreTermsNeverFitWorse() {
        List<FittedCost> fits = FIT.fitAll(LOG, LogFit.CANDIDATES);

        for (FittedCost fit : fits) {
            for (FittedCost other : fits) {
                if (fit.form().terms().containsAll(other.form().terms())) {
                    assertThat(fit.quality().loss())
                            .as("loss of %s beside %s", fit.form(), other.form())
                            .isLessThanOrEqualTo(1.05 * other.quality().loss());
                }
            }
        }
    }

    /** Without start times the wait before the first step is the model's. */
    @Test
    void aLogWithoutStartTimesIsEnough() {
        MeasuredLog noStarts =
                new MeasuredLog(
                        LOG.requests().stream()
                                .map(
                                        r ->
                                                new MeasuredRequest(
                                                        r.request(),
                                                        r.arrivalNanos(),
                                                        OptionalLong.empty(),
                                                        r.firstTokenNanos(),
                                                        r.lastTokenNanos()))
                                .toList());

        FittedCost fit = FIT.fit(noStarts, StepCostForm.THREE_TERMS);

        RunComparison run = RunComparison.of(GPU.engine().withCost(fit.cost()), LOG, List.of());
        assertThat(Math.abs(run.value("tpot_mean").errorPercent())).isLessThan(1);
        // The front end's 4 ms are 6 % of it, and in no step.
        assertThat(run.value("ttft_mean").errorPercent()).isBetween(-6.0, 0.0);
    }

    @Test
    void tooLittleIsRefused() {
        assertThatThrownBy(() -> FIT.fit(LOG.asOf(1_000_000_000), StepCostForm.THREE_TERMS))
                .hasMessageContaining("too little is known to fit")
                .hasMessageContaining("fit to more of the run");
    }
}
