package io.sluice.apps.spans;

import io.sluice.apps.spans.Stages.Stage;
import io.sluice.schemas.avro.DecisionKind;
import io.sluice.schemas.avro.Outcome;
import io.sluice.schemas.avro.RequestOutcome;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

import java.util.List;

import static io.sluice.apps.spans.Ends.decision;
import static org.assertj.core.api.Assertions.assertThat;

class StagesTest {

    private static final long START = 1_000_000_000_000L;

    private static Stage stage(String name, double fromMillis, double toMillis) {
        return new Stage(name, START + (long) (fromMillis * 1e6), START + (long) (toMillis * 1e6));
    }

    @Test
    void aRunThatCompletedHasTheLengthsOfItsOutcome() {
        Stages stages =
                Stages.of(
                        Ends.START,
                        Ends.completed(),
                        List.of(
                                decision(DecisionKind.ROUTE, 1, 5),
                                decision(DecisionKind.DISPATCH, 1, 20),
                                decision(DecisionKind.ROUTE, 2, 300),
                                decision(DecisionKind.DISPATCH, 2, 705)));

        assertThat(stages.stages())
                .containsExactly(
                        stage("route", 0, 300),
                        stage("queue", 300, 700),
                        stage("prefill", 700, 900.5),
                        stage("decode", 900.5, 2_000.25));
        assertThat(stages.endNanos()).isEqualTo(START + 2_000_250_000L);
    }

    @Test
    void withoutDecisionsTheQueueBeginsWithTheSubmission() {
        assertThat(Stages.of(Ends.START, Ends.completed(), List.of()).stages())
                .containsExactly(
                        stage("queue", 0, 700),
                        stage("prefill", 700, 900.5),
                        stage("decode", 900.5, 2_000.25));
    }

    @Test
    void whatWasNeverDispatchedWaitedToItsEnd() {
        RequestOutcome evicted =
                Ends.outcome(Outcome.EvictedTTL, 5_000).setQueueWaitMs(5_000L).build();

        assertThat(
                        Stages.of(Ends.START, evicted, List.of(decision(DecisionKind.ROUTE, 2, 10)))
                                .stages())
                .containsExactly(stage("route", 0, 10), stage("queue", 10, 5_000));
    }

    @Test
    void aRunThatDidNotCompleteIsAsLongAsItIsKnown() {
        RequestOutcome failed = Ends.outcome(Outcome.Failed, 5_000).build();

        assertThat(
                        Stages.of(
                                        Ends.START,
                                        failed,
                                        List.of(
                                                decision(DecisionKind.ROUTE, 2, 10),
                                                decision(DecisionKind.DISPATCH, 2, 40)))
                                .stages())
                .containsExactly(
                        stage("route", 0, 10), stage("queue", 10, 40), stage("run", 40, 5_000));
    }

    /** Whatever clocks say: stages follow one another without gaps from the start to the end. */
    @Property
    void stagesFillTheTime(
            @ForAll @LongRange(min = -100, max = 5_000) long routed,
            @ForAll @LongRange(min = -100, max = 5_000) long waited,
            @ForAll @LongRange(min = -100, max = 5_000) long ttft,
            @ForAll @LongRange(min = -100, max = 5_000) long e2e) {
        RequestOutcome outcome =
                Ends.outcome(Outcome.Completed, 100)
                        .setQueueWaitMs(waited)
                        .setTtftMs((double) ttft)
                        .setE2eMs((double) e2e)
                        .build();
        Stages stages =
                Stages.of(Ends.START, outcome, List.of(decision(DecisionKind.ROUTE, 2, routed)));

        long at = stages.startNanos();
        for (Stage stage : stages.stages()) {
            assertThat(stage.startNanos()).isEqualTo(at);
            assertThat(stage.endNanos()).isGreaterThanOrEqualTo(at);
            at = stage.endNanos();
        }
        assertThat(at).isEqualTo(stages.endNanos()).isGreaterThanOrEqualTo(stages.startNanos());
    }
}
