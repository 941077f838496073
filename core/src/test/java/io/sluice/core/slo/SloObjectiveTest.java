package io.sluice.core.slo;

import io.sluice.core.latency.SlaLabels;
import io.sluice.core.model.Outcome;
import io.sluice.core.model.PriorityBand;
import io.sluice.core.model.SloTarget;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.sluice.core.slo.SloFixtures.COMPLETED;
import static io.sluice.core.slo.SloFixtures.objective;
import static io.sluice.core.slo.SloFixtures.request;
import static io.sluice.core.slo.SloFixtures.withDeadline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SloObjectiveTest {

    private static final SloTarget TARGETS = new SloTarget(150, 150, 150);

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"COMPLETED", "EVICTED_CONTEXT_CANCELLED", "REJECTED_INVALID"})
    void whatDidNotCompleteIsBadWhateverThePromise(Outcome outcome) {
        SloRequest request = withDeadline(request(outcome, 100, TARGETS, 10), 1_000);
        for (Indicator indicator : Indicator.values()) {
            double threshold = indicator.measure().isPresent() ? 500 : Double.NaN;
            assertThat(objective(indicator, threshold, 0.99).judge(request))
                    .as("%s", indicator)
                    .isEqualTo(Judgement.BAD);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EVICTED_CONTEXT_CANCELLED", "REJECTED_INVALID"})
    void whatTheClientEndedItselfIsOutOfAccount(Outcome outcome) {
        SloRequest request = withDeadline(request(outcome, 100, TARGETS, 10), 1_000);
        for (Indicator indicator : Indicator.values()) {
            double threshold = indicator.measure().isPresent() ? 500 : Double.NaN;
            assertThat(objective(indicator, threshold, 0.99).judge(request))
                    .isEqualTo(Judgement.EXCLUDED);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TTFT", "TPOT", "E2E", "QUEUE_WAIT"})
    void aLatencyIsComparedWithTheThreshold(Indicator indicator) {
        assertThat(objective(indicator, 100, 0.99).judge(COMPLETED)).isEqualTo(Judgement.GOOD);
        assertThat(objective(indicator, 99.9, 0.99).judge(COMPLETED)).isEqualTo(Judgement.BAD);
    }

    @Test
    void aLatencyThatIsMissingOrCannotBeRightIsBad() {
        SloObjective ttft = objective(Indicator.TTFT, 500, 0.99);

        assertThat(ttft.judge(request(Outcome.COMPLETED, Double.NaN, SloTarget.NONE, 10)))
                .isEqualTo(Judgement.BAD);
        assertThat(ttft.judge(request(Outcome.COMPLETED, -1, SloTarget.NONE, 10)))
                .isEqualTo(Judgement.BAD);
    }

    @Test
    void fewerThanTwoTokensKeepAnyTpot() {
        assertThat(
                        objective(Indicator.TPOT, 1, 0.99)
                                .judge(request(Outcome.COMPLETED, Double.NaN, SloTarget.NONE, 1)))
                .isEqualTo(Judgement.GOOD);
    }

    @ParameterizedTest
    @EnumSource(names = {"TTFT", "TPOT", "E2E", "JOINT"})
    void withoutAThresholdEachRequestsOwnTargetHolds(Indicator indicator) {
        SloObjective own = objective(indicator, Double.NaN, 0.99);

        assertThat(own.judge(request(Outcome.COMPLETED, 100, TARGETS, 10)))
                .isEqualTo(Judgement.GOOD);
        assertThat(own.judge(request(Outcome.COMPLETED, 151, TARGETS, 10)))
                .isEqualTo(Judgement.BAD);
        assertThat(own.judge(COMPLETED)).isEqualTo(Judgement.EXCLUDED);
    }

    @Test
    void aDeadlineConcernsOnlyWhoHasOne() {
        SloObjective deadline = objective(Indicator.DEADLINE, Double.NaN, 0.99);

        assertThat(deadline.judge(COMPLETED)).isEqualTo(Judgement.EXCLUDED);
        assertThat(deadline.judge(withDeadline(COMPLETED, 100))).isEqualTo(Judgement.GOOD);
        assertThat(deadline.judge(withDeadline(COMPLETED, 99))).isEqualTo(Judgement.BAD);
    }

    @Test
    void aSelectorChoosesByEachOfItsParts() {
        assertThat(SloSelector.ANY.selects(COMPLETED)).isTrue();
        assertThat(new SloSelector("acme", "llama", PriorityBand.P2, "gold").selects(COMPLETED))
                .isTrue();
        assertThat(new SloSelector("globex", null, null, null).selects(COMPLETED)).isFalse();
        assertThat(new SloSelector(null, "qwen", null, null).selects(COMPLETED)).isFalse();
        assertThat(new SloSelector(null, null, PriorityBand.P0, null).selects(COMPLETED)).isFalse();
        assertThat(new SloSelector(null, null, null, "free").selects(COMPLETED)).isFalse();
    }

    @Test
    void aRequestIsInTheSeriesOfItsValue() {
        assertThat(SloScope.ALL.valueOf(COMPLETED)).contains("all");
        assertThat(SloScope.TENANT.valueOf(COMPLETED)).contains("acme");
        assertThat(SloScope.MODEL.valueOf(COMPLETED)).contains("llama");
        assertThat(SloScope.PRIORITY.valueOf(COMPLETED)).contains("P2");
        assertThat(SloScope.TIER.valueOf(COMPLETED)).contains("gold");
        assertThat(SloScope.INSTANCE.valueOf(COMPLETED)).contains("gpu-1");
        SloRequest unrouted =
                new SloRequest(
                        COMPLETED.sample(), new SlaLabels(null, null, "acme", 0), null, Double.NaN);
        assertThat(SloScope.INSTANCE.valueOf(unrouted)).isEmpty();
        assertThat(SloScope.TIER.valueOf(unrouted)).isEmpty();
    }

    @Test
    void whatMakesNoSenseIsRefusedWithTheFieldAndTheWayOut() {
        assertThatThrownBy(() -> objective(Indicator.TTFT, 0, 0.99))
                .hasMessage("threshold_ms = 0.0 must be a positive number of milliseconds");
        assertThatThrownBy(() -> objective(Indicator.SUCCESS, 5, 0.99))
                .hasMessageContaining("no meaning for indicator SUCCESS");
        assertThatThrownBy(() -> objective(Indicator.QUEUE_WAIT, Double.NaN, 0.99))
                .hasMessageContaining("threshold_ms is required for QUEUE_WAIT");
        assertThatThrownBy(() -> objective(Indicator.TTFT, 5, 1))
                .hasMessageContaining("target = 1.0 must be a share above 0 and below 1");
        assertThatThrownBy(() -> objective(Indicator.TTFT, 5, Double.NaN))
                .hasMessageContaining("target = NaN");
        assertThatThrownBy(() -> new SloObjective.Goal(0.9, 0))
                .hasMessageContaining("period = 0 ms must be above 0");
        SloObjective fine = objective(Indicator.TTFT, 5, 0.9);
        assertThatThrownBy(
                        () ->
                                new SloObjective(
                                        "a/b",
                                        fine.selector(),
                                        fine.per(),
                                        fine.promise(),
                                        fine.goal()))
                .hasMessageContaining("id 'a/b' must be 1 to 64 characters");
    }

    @Test
    void wordsSayWhatIsPromised() {
        assertThat(objective(Indicator.TTFT, 500, 0.995).inWords())
                .isEqualTo("99.5 % of requests with TTFT within 500 ms");
        assertThat(objective(Indicator.E2E, Double.NaN, 0.9).inWords())
                .isEqualTo("90 % of requests with E2E within its own target");
    }
}
