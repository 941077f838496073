package io.sluice.apps.timeline;

import io.sluice.core.model.RequestKey;
import io.sluice.schemas.Topic;
import io.sluice.schemas.TrustedRecords;
import io.sluice.schemas.avro.CommandType;
import io.sluice.schemas.avro.Decision;
import io.sluice.schemas.avro.DecisionKind;
import io.sluice.schemas.avro.DispatchCommand;
import io.sluice.schemas.avro.HandBack;
import io.sluice.schemas.avro.HandBackReason;
import io.sluice.schemas.avro.InferenceRequest;
import io.sluice.schemas.avro.Outcome;
import io.sluice.schemas.avro.RequestOutcome;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;

import org.apache.avro.specific.SpecificRecord;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Records of one request's life, written by hand; times are milliseconds after a certain one. */
final class Life {

    static final Instant ZERO = Instant.parse("2026-09-01T12:00:00Z");

    static {
        TrustedRecords.register();
    }

    final RequestKey key;
    final List<TopicRecord> records = new ArrayList<>();
    final List<LaneDispatch> sent = new ArrayList<>();

    Life(String tenant, String requestId) {
        key = new RequestKey(tenant, requestId);
    }

    static Instant at(long millis) {
        return ZERO.plusMillis(millis);
    }

    Life add(Topic topic, long millis, SpecificRecord value) {
        records.add(new TopicRecord(new Origin(topic, 3, records.size()), at(millis), value));
        return this;
    }

    /** The last record lies in its topic once more. */
    Life again() {
        TopicRecord last = records.get(records.size() - 1);
        Origin origin = new Origin(last.origin().topic(), 3, records.size());
        records.add(new TopicRecord(origin, last.stamped(), last.value()));
        return this;
    }

    Life submitted(long millis) {
        return add(
                Topic.REQUESTS,
                millis,
                InferenceRequest.newBuilder()
                        .setRequestId(key.requestId())
                        .setFairnessId(key.tenant())
                        .setCreated(at(millis - 5))
                        .setModel("llama")
                        .setInputTokens(100)
                        .build());
    }

    Decision.Builder decision(DecisionKind kind, int attempt, long epoch, long millis) {
        return Decision.newBuilder()
                .setKind(kind)
                .setRequestId(key.requestId())
                .setFairnessId(key.tenant())
                .setAttempt(attempt)
                .setInstanceId("gpu-1")
                .setEpoch(epoch)
                .setSeq(0)
                .setDecidedAt(at(millis));
    }

    Life decided(Decision.Builder decision) {
        Decision built = decision.build();
        return add(
                Topic.DECISIONS, built.getDecidedAt().toEpochMilli() - ZERO.toEpochMilli(), built);
    }

    Life routed(int attempt, long epoch, long millis) {
        return decided(
                decision(DecisionKind.ROUTE, attempt, epoch, millis)
                        .setSeq(attempt)
                        .setPolicy("least-outstanding")
                        .setReason("done first by what is outstanding"));
    }

    Life dispatched(int attempt, long epoch, long millis) {
        return decided(
                decision(DecisionKind.DISPATCH, attempt, epoch, millis)
                        .setSeq(70)
                        .setPolicy("priority:max-overtake=30s")
                        .setQueueLength(12)
                        .setQueuePosition(0));
    }

    Life commanded(int attempt, long epoch, long millis) {
        return add(
                Topic.DISPATCH,
                millis,
                DispatchCommand.newBuilder()
                        .setType(CommandType.DISPATCH)
                        .setInstanceId("gpu-1")
                        .setRequestId(key.requestId())
                        .setFairnessId(key.tenant())
                        .setAttempt(attempt)
                        .setEpoch(epoch)
                        .setSeq(70)
                        .setDecidedAt(at(millis))
                        .build());
    }

    Life reported(WorkerEventType type, int attempt, long epoch, long millis) {
        return reported(type, attempt, epoch, millis, millis);
    }

    Life reported(WorkerEventType type, int attempt, long epoch, long clock, long stamped) {
        return add(
                Topic.WORKER_EVENTS,
                stamped,
                WorkerEvent.newBuilder()
                        .setType(type)
                        .setInstanceId("gpu-1")
                        .setIncarnation(records.size())
                        .setSeq(records.size())
                        .setEpoch(epoch)
                        .setCommandEpoch(epoch)
                        .setAt(at(clock))
                        .setRequestId(key.requestId())
                        .setFairnessId(key.tenant())
                        .setAttempt(attempt)
                        .build());
    }

    Life handedBack(HandBackReason reason, int attempt, long epoch, long millis) {
        return add(
                Topic.HANDBACKS,
                millis,
                HandBack.newBuilder()
                        .setRequestId(key.requestId())
                        .setFairnessId(key.tenant())
                        .setAttempt(attempt)
                        .setInstanceId("gpu-1")
                        .setEpoch(epoch)
                        .setReason(reason)
                        .setReleasedAt(at(millis))
                        .build());
    }

    Life settled(Outcome outcome, int attempt, long millis) {
        return add(
                Topic.OUTCOMES,
                millis,
                RequestOutcome.newBuilder()
                        .setRequestId(key.requestId())
                        .setFairnessId(key.tenant())
                        .setAttempt(attempt)
                        .setOutcome(outcome)
                        .setSettledAt(at(millis - 100))
                        .build());
    }

    /** Somebody else's request is sent from the same lane. */
    Life passing(long seq, long millis, int priority, long submitted) {
        sent.add(
                new LaneDispatch(
                        "gpu-1",
                        at(millis),
                        1,
                        seq,
                        "other",
                        "r-" + seq,
                        priority,
                        at(submitted),
                        5));
        return this;
    }

    RequestTimeline told() {
        return RequestTimeline.of(key, records, sent);
    }

    /** The same of the records in another order. */
    RequestTimeline toldShuffled(long seed) {
        List<TopicRecord> shuffled = new ArrayList<>(records);
        Collections.shuffle(shuffled, new Random(seed));
        return RequestTimeline.of(key, shuffled, sent);
    }
}
