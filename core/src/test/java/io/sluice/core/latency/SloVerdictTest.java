package io.sluice.core.latency;

import io.sluice.core.model.Outcome;
import io.sluice.core.model.RunMeasures;
import io.sluice.core.model.SloTarget;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static io.sluice.core.latency.Attainment.MET;
import static io.sluice.core.latency.Attainment.MISSED;
import static io.sluice.core.latency.Attainment.NO_TARGET;
import static org.assertj.core.api.Assertions.assertThat;

class SloVerdictTest {

    private static final SloTarget ALL_TARGETS = new SloTarget(500, 50, 5000);
    private static final LatencyMeasures FAST = new LatencyMeasures(10, 400, 40, 4000);

    @Test
    void withoutTargetsNothingCounts() {
        SloVerdict verdict = SloVerdict.of(completed(FAST, SloTarget.NONE));

        assertThat(verdict).isEqualTo(new SloVerdict(NO_TARGET, NO_TARGET, NO_TARGET));
        assertThat(verdict.joint()).isEqualTo(NO_TARGET);
    }

    @Test
    void latenciesUpToTheTargetMeetIt() {
        LatencyMeasures exactlyOnTarget = new LatencyMeasures(10, 500, 50, 5000);

        assertThat(SloVerdict.of(completed(exactlyOnTarget, ALL_TARGETS)))
                .isEqualTo(new SloVerdict(MET, MET, MET));
    }

    @Test
    void jointIsMissedByOneMiss() {
        LatencyMeasures slowDecode = new LatencyMeasures(10, 400, 50.001, 4000);
        SloVerdict verdict = SloVerdict.of(completed(slowDecode, ALL_TARGETS));

        assertThat(verdict).isEqualTo(new SloVerdict(MET, MISSED, MET));
        assertThat(verdict.joint()).isEqualTo(MISSED);
        assertThat(verdict.on(SloIndicator.JOINT)).isEqualTo(MISSED);
        assertThat(verdict.on(SloIndicator.TPOT)).isEqualTo(MISSED);
        assertThat(verdict.on(SloIndicator.TTFT)).isEqualTo(MET);
        assertThat(verdict.on(SloIndicator.E2E)).isEqualTo(MET);
    }

    @Test
    void jointLooksOnlyAtTargetsThatAreThere() {
        SloTarget onlyTtft = new SloTarget(500, Double.NaN, Double.NaN);
        SloVerdict verdict = SloVerdict.of(completed(FAST, onlyTtft));

        assertThat(verdict).isEqualTo(new SloVerdict(MET, NO_TARGET, NO_TARGET));
        assertThat(verdict.joint()).isEqualTo(MET);
    }

    @ParameterizedTest
    @EnumSource(value = Outcome.class, mode = EnumSource.Mode.EXCLUDE, names = "COMPLETED")
    void whatDidNotCompleteMissedEveryTargetItCarried(Outcome outcome) {
        SloTarget onlyE2e = new SloTarget(Double.NaN, Double.NaN, 5000);

        assertThat(SloVerdict.of(SlaSamples.of(outcome, FAST, onlyE2e, 20)))
                .isEqualTo(new SloVerdict(NO_TARGET, NO_TARGET, MISSED));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, -1, Double.POSITIVE_INFINITY})
    void aLatencyThatIsMissingOrWrongIsAMiss(double millis) {
        LatencyMeasures measured = new LatencyMeasures(millis, millis, millis, millis);

        assertThat(SloVerdict.of(completed(measured, ALL_TARGETS)))
                .isEqualTo(new SloVerdict(MISSED, MISSED, MISSED));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void fewerThanTwoTokensMeetAnyTpot(long outputTokens) {
        LatencyMeasures noTpot = new LatencyMeasures(10, 400, Double.NaN, 400);

        assertThat(
                        SloVerdict.of(
                                SlaSamples.of(
                                        Outcome.COMPLETED, noTpot, ALL_TARGETS, outputTokens)))
                .isEqualTo(new SloVerdict(MET, MET, MET));
    }

    private static SlaSample completed(LatencyMeasures measured, SloTarget target) {
        return SlaSamples.of(Outcome.COMPLETED, measured, target, 20);
    }

    /** What an outcome says of itself and what the windows say of it is the same. */
    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, -1, 0, 100, 100.5, Double.POSITIVE_INFINITY})
    void agreesWithTheOutcomeItself(double measured) {
        List<SloTarget> targets =
                List.of(
                        new SloTarget(100, Double.NaN, Double.NaN),
                        new SloTarget(Double.NaN, 100, Double.NaN),
                        new SloTarget(Double.NaN, Double.NaN, 100),
                        new SloTarget(100, 100, 100));
        for (SloTarget target : targets) {
            for (int output : new int[] {0, 1, 2}) {
                RunMeasures run =
                        new RunMeasures(0, measured, measured, measured, 8, output, 0, null);
                LatencyMeasures measures = new LatencyMeasures(0, measured, measured, measured);
                SlaSample sample =
                        new SlaSample(
                                Outcome.COMPLETED,
                                measures,
                                target,
                                new SlaSample.Tokens(8, output));
                assertThat(run.meets(target))
                        .as("%s, %d tokens", target, output)
                        .isEqualTo(SloVerdict.of(sample).joint() == MET);
            }
        }
    }
}
