package io.sluice.apps.page.live;

import io.sluice.schemas.avro.Decision;
import io.sluice.schemas.avro.DecisionKind;
import io.sluice.schemas.avro.InstanceCapacity;
import io.sluice.schemas.avro.LatencySummary;
import io.sluice.schemas.avro.Outcome;
import io.sluice.schemas.avro.RequestOutcome;
import io.sluice.schemas.avro.SlaScope;
import io.sluice.schemas.avro.SlaWindow;
import io.sluice.schemas.avro.SloCounts;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Records as the topics have them, with what the page looks at. */
public final class Records {

    private Records() {}

    /** An event of a run, by a worker whose clock is right. */
    public static WorkerEvent.Builder event(
            WorkerEventType type, String instance, long seq, long at) {
        return WorkerEvent.newBuilder()
                .setType(type)
                .setInstanceId(instance)
                .setIncarnation(1)
                .setSeq(seq)
                .setEpoch(1)
                .setAt(Instant.ofEpochMilli(at))
                .setAccepted(List.of());
    }

    /** A heartbeat: so many running of 8, so many waiting, a quarter of the KV cache used. */
    public static WorkerEvent.Builder heartbeat(
            String instance, long seq, int running, int waiting, long at) {
        return event(WorkerEventType.HEARTBEAT, instance, seq, at)
                .setRunning(running)
                .setWaiting(waiting)
                .setFreeKvTokens(7_500L)
                .setCapacity(
                        InstanceCapacity.newBuilder()
                                .setModels(List.of("m"))
                                .setMaxSequences(8)
                                .setKvTokens(10_000)
                                .setMaxContextTokens(4_096)
                                .setDispatchPartition(0)
                                .setEventsPartition(0)
                                .setPrefillMsPerToken(0.1)
                                .setDecodeMsPerToken(10)
                                .setHardware("A100_7B")
                                .build());
    }

    /** A decision about a request of the tenant {@code acme}. */
    public static Decision.Builder decision(DecisionKind kind, String request, String instance) {
        return Decision.newBuilder()
                .setKind(kind)
                .setRequestId(request)
                .setFairnessId("acme")
                .setAttempt(1)
                .setInstanceId(instance)
                .setEpoch(1)
                .setSeq(1)
                .setDecidedAt(Instant.EPOCH)
                .setCandidates(List.of());
    }

    /** How a request of the tenant {@code acme} ended. */
    public static RequestOutcome outcome(String request, Outcome outcome) {
        return RequestOutcome.newBuilder()
                .setRequestId(request)
                .setFairnessId("acme")
                .setAttempt(1)
                .setOutcome(outcome)
                .setSettledAt(Instant.EPOCH)
                .build();
    }

    /** A window of a group in which so many of the settled requests met their targets. */
    public static SlaWindow window(
            SlaScope scope, String value, long start, long lengthMillis, int settled, int met) {
        return SlaWindow.newBuilder()
                .setWindowStart(Instant.ofEpochMilli(start))
                .setWindowEnd(Instant.ofEpochMilli(start + lengthMillis))
                .setScope(scope)
                .setScopeValue(value)
                .setComplete(true)
                .setEmittedAt(Instant.ofEpochMilli(start + lengthMillis))
                .setOutcomes(Map.of("Completed", (long) settled))
                .setQueueWait(none())
                .setTtft(none())
                .setTpot(none())
                .setE2e(none())
                .setSlo(
                        SloCounts.newBuilder()
                                .setJointWithTarget(settled)
                                .setJointMet(met)
                                .setTtftWithTarget(settled)
                                .setTtftMet(met)
                                .build())
                .setGoodputRequests(met)
                .build();
    }

    private static LatencySummary none() {
        return LatencySummary.newBuilder()
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
    }
}
