package io.sluice.apps.spans;

import io.sluice.schemas.TrustedRecords;
import io.sluice.schemas.avro.Decision;
import io.sluice.schemas.avro.DecisionKind;
import io.sluice.schemas.avro.Outcome;
import io.sluice.schemas.avro.RequestOutcome;

import java.time.Instant;

/** Outcomes and decisions of the request {@code r} of {@code acme}, submitted at {@link #START}. */
final class Ends {

    static final Instant START = Instant.ofEpochMilli(1_000_000);

    static {
        TrustedRecords.register();
    }

    private Ends() {}

    static RequestOutcome.Builder outcome(Outcome outcome, long settledAfterMillis) {
        return RequestOutcome.newBuilder()
                .setRequestId("r")
                .setFairnessId("acme")
                .setAttempt(2)
                .setOutcome(outcome)
                .setSubmittedAt(START)
                .setSettledAt(START.plusMillis(settledAfterMillis));
    }

    static RequestOutcome completed() {
        return outcome(Outcome.Completed, 2_100)
                .setInstanceId("gpu-1")
                .setModel("llama")
                .setInputTokens(100)
                .setOutputTokens(20)
                .setPredictedOutputTokens(25)
                .setFinishReason("stop")
                .setPolicy("edf")
                .setQueueWaitMs(700L)
                .setTtftMs(900.5)
                .setTpotMs(50.0)
                .setE2eMs(2_000.25)
                .build();
    }

    static Decision decision(DecisionKind kind, int attempt, long afterMillis) {
        return Decision.newBuilder()
                .setKind(kind)
                .setRequestId("r")
                .setFairnessId("acme")
                .setAttempt(attempt)
                .setInstanceId("gpu-1")
                .setEpoch(3)
                .setSeq(1)
                .setDecidedAt(START.plusMillis(afterMillis))
                .setReason("why")
                .build();
    }
}
