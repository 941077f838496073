package io.sluice.jobs.io;

import io.sluice.schemas.avro.Outcome;
import io.sluice.schemas.avro.RequestOutcome;

import java.time.Instant;

/** Outcomes as they are on the topic. */
final class AvroOutcomes {

    private AvroOutcomes() {}

    /** A completed request with every measure and target. */
    static RequestOutcome completed() {
        return RequestOutcome.newBuilder()
                .setRequestId("r1")
                .setFairnessId("acme")
                .setAttempt(2)
                .setInstanceId("gpu-1")
                .setOutcome(Outcome.Completed)
                .setModel("llama-8b")
                .setPriority(3)
                .setSettledAt(Instant.ofEpochMilli(1_500))
                .setSloTtftMs(500.0)
                .setSloTpotMs(50.0)
                .setSloE2eMs(5_000.0)
                .setInputTokens(200)
                .setOutputTokens(10)
                .setTtftMs(120.5)
                .setTpotMs(20.25)
                .setE2eMs(302.75)
                .setQueueWaitMs(15L)
                .setServiceTier("premium")
                .setSubmittedAt(Instant.ofEpochMilli(1_000))
                .setDeadline(Instant.ofEpochMilli(10_000))
                .build();
    }

    /** A request that was rejected for what it said about itself. */
    static RequestOutcome rejected() {
        return RequestOutcome.newBuilder()
                .setRequestId("r2")
                .setFairnessId("acme")
                .setAttempt(0)
                .setOutcome(Outcome.RejectedInvalid)
                .setSettledAt(Instant.ofEpochMilli(1_500))
                .setSloTtftMs(-1.0)
                .setSloTpotMs(Double.POSITIVE_INFINITY)
                .setSloE2eMs(0.0)
                .setInputTokens(-5)
                .build();
    }

    /** A record that names no tenant. */
    static RequestOutcome ofNobody() {
        return RequestOutcome.newBuilder(completed()).setFairnessId(" ").build();
    }
}
