package io.sluice.jobs.io;

import io.sluice.jobs.flow.DecisionMessage;
import io.sluice.schemas.avro.Decision;
import io.sluice.schemas.avro.DecisionKind;

import java.time.Instant;

/** From a decision to its record on the decisions topic. */
final class DecisionMapping {

    private DecisionMapping() {}

    static String key(DecisionMessage message) {
        return message.key().requestId();
    }

    static Decision record(DecisionMessage message) {
        return Decision.newBuilder()
                .setKind(DecisionKind.valueOf(message.kind().name()))
                .setRequestId(message.key().requestId())
                .setFairnessId(message.key().tenant())
                .setAttempt(message.attempt())
                .setInstanceId(message.instanceId())
                .setEpoch(message.epoch())
                .setSeq(message.seq())
                .setDecidedAt(Instant.ofEpochMilli(message.decidedAtMillis()))
                .setPriority(message.priority())
                .setPolicy(message.by().policy())
                .setPolicyVersion(message.by().version())
                .setConfigPosition(message.by().position())
                .setQueueLength(message.queueLength() < 0 ? null : message.queueLength())
                .setQueuePosition(message.queuePosition() < 0 ? null : message.queuePosition())
                .setQueueWaitMs(message.queueWaitMillis() < 0 ? null : message.queueWaitMillis())
                .setReason(message.reason())
                .build();
    }
}
