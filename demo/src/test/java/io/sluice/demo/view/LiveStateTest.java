package io.sluice.demo.view;

import io.sluice.core.latency.SloCounts;
import io.sluice.core.model.PriorityBand;
import io.sluice.schemas.TrustedRecords;
import io.sluice.schemas.avro.CommandType;
import io.sluice.schemas.avro.DispatchCommand;
import io.sluice.schemas.avro.InferenceRequest;
import io.sluice.schemas.avro.LatencySummary;
import io.sluice.schemas.avro.Outcome;
import io.sluice.schemas.avro.RequestOutcome;
import io.sluice.schemas.avro.SlaScope;
import io.sluice.schemas.avro.SlaWindow;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class LiveStateTest {

    private static final Instant TIME = Instant.ofEpochMilli(1_000);

    private final LiveState state = new LiveState(10);

    @BeforeAll
    static void trustTheRecords() {
        TrustedRecords.register();
    }

    @Test
    void aRequestIsQueuedThenInFlightThenSettled() {
        state.request(request("1", 4));
        assertThat(state.snapshot().queued()).isEqualTo(Map.of(PriorityBand.P0, 1));

        state.command(dispatch("1"));
        assertThat(state.snapshot().inFlight()).isEqualTo(1);
        assertThat(waiting()).isZero();

        state.event(event(WorkerEventType.COMPLETED, "1").setTtftMs(12.0).build());
        assertThat(state.snapshot().inFlight()).isZero();
        assertThat(state.snapshot().settled()).isZero();
        assertThat(state.snapshot().ttftP50Millis()).isEqualTo(120);

        state.outcome(outcome("1"));
        assertThat(state.snapshot().settled()).isEqualTo(1);
        assertThat(state.snapshot().submitted()).isEqualTo(1);
        assertThat(state.snapshot().outcomes()).isEqualTo(Map.of("Completed", 1L));
    }

    @Test
    void aRunThatIsGivenBackWaitsAgain() {
        state.request(request("1", 0));
        state.command(dispatch("1"));
        state.event(event(WorkerEventType.GIVEN_BACK, "1").build());

        assertThat(state.snapshot().inFlight()).isZero();
        assertThat(state.snapshot().queued().get(PriorityBand.P4)).isEqualTo(1);
    }

    @Test
    void anOutcomeMayBeSeenBeforeItsRequest() {
        state.outcome(outcome("1"));
        assertThat(state.snapshot().submitted()).isZero();

        state.request(request("1", -1));
        state.command(dispatch("1"));

        assertThat(state.snapshot().submitted()).isEqualTo(1);
        assertThat(state.snapshot().settled()).isEqualTo(1);
        assertThat(waiting()).isZero();
        assertThat(state.snapshot().inFlight()).isZero();
    }

    @Test
    void whatIsWrittenTwiceCountsOnce() {
        state.request(request("1", 0));
        state.request(request("1", 0));
        state.outcome(outcome("1"));
        state.outcome(outcome("1"));

        assertThat(state.snapshot().submitted()).isEqualTo(1);
        assertThat(state.snapshot().settled()).isEqualTo(1);
        assertThat(state.snapshot().outcomes()).isEqualTo(Map.of("Completed", 1L));
    }

    @Test
    void theNewestVersionOfAWindowHolds() {
        state.window(window(0, "P0", 4, 1));
        state.window(window(0, "P0", 8, 4));
        state.window(window(10, "P0", 2, 2));
        state.window(window(0, "P4", 10, 0));

        assertThat(state.snapshot().slo())
                .isEqualTo(
                        Map.of(
                                PriorityBand.P0, new SloCounts(10, 6),
                                PriorityBand.P4, new SloCounts(10, 0)));
        assertThat(state.snapshot().sloOfAll()).isEqualTo(new SloCounts(20, 6));
    }

    @Test
    void longerWindowsCountNothingTwice() {
        SlaWindow longer =
                SlaWindow.newBuilder(window(0, "P0", 8, 4))
                        .setWindowEnd(Instant.ofEpochSecond(60))
                        .build();

        state.window(longer);
        assertThat(state.snapshot().sloOfAll()).isEqualTo(new SloCounts(8, 4));
        state.window(window(0, "P0", 8, 4));
        state.window(longer);

        assertThat(state.snapshot().sloOfAll()).isEqualTo(new SloCounts(8, 4));
    }

    private int waiting() {
        return state.snapshot().queued().values().stream().mapToInt(Integer::intValue).sum();
    }

    private static InferenceRequest request(String id, int priority) {
        return InferenceRequest.newBuilder()
                .setRequestId(id)
                .setCreated(TIME)
                .setModel("m")
                .setPriority(priority)
                .setInputTokens(1)
                .build();
    }

    private static DispatchCommand dispatch(String id) {
        return DispatchCommand.newBuilder()
                .setType(CommandType.DISPATCH)
                .setInstanceId("gpu-1")
                .setEpoch(1)
                .setSeq(1)
                .setDecidedAt(TIME)
                .setRequestId(id)
                .setFairnessId("default")
                .setAttempt(1)
                .build();
    }

    private static WorkerEvent.Builder event(WorkerEventType type, String id) {
        return WorkerEvent.newBuilder()
                .setType(type)
                .setInstanceId("gpu-1")
                .setIncarnation(1)
                .setSeq(1)
                .setEpoch(1)
                .setAt(TIME)
                .setRequestId(id)
                .setFairnessId("default")
                .setAttempt(1);
    }

    private static RequestOutcome outcome(String id) {
        return RequestOutcome.newBuilder()
                .setRequestId(id)
                .setFairnessId("default")
                .setAttempt(1)
                .setOutcome(Outcome.Completed)
                .setSettledAt(TIME)
                .build();
    }

    private static SlaWindow window(long start, String band, long withTarget, long met) {
        LatencySummary none =
                LatencySummary.newBuilder()
                        .setCount(0)
                        .setMeanMs(0)
                        .setP50Ms(0)
                        .setP90Ms(0)
                        .setP95Ms(0)
                        .setP99Ms(0)
                        .setMaxMs(0)
                        .setRelativeError(0.01)
                        .setBucketIndexes(List.of())
                        .setBucketCounts(List.of())
                        .build();
        return SlaWindow.newBuilder()
                .setWindowStart(Instant.ofEpochSecond(start))
                .setWindowEnd(Instant.ofEpochSecond(start + 10))
                .setScope(SlaScope.PRIORITY)
                .setScopeValue(band)
                .setComplete(false)
                .setEmittedAt(TIME)
                .setQueueWait(none)
                .setTtft(none)
                .setTpot(none)
                .setE2e(none)
                .setSlo(
                        io.sluice.schemas.avro.SloCounts.newBuilder()
                                .setJointWithTarget(withTarget)
                                .setJointMet(met)
                                .build())
                .build();
    }
}
