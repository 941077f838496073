package io.sluice.apps.worker;

import io.sluice.schemas.avro.CommandType;
import io.sluice.schemas.avro.DispatchCommand;

import java.time.Instant;
import java.util.List;

/** Commands as a lane writes them. */
final class Commands {

    static final long SUBMITTED = 1_000_000;
    static final long DECIDED = SUBMITTED + 250;

    private Commands() {}

    static DispatchCommand.Builder of(CommandType type) {
        return DispatchCommand.newBuilder()
                .setType(type)
                .setInstanceId("gpu")
                .setIncarnation(1L)
                .setEpoch(5)
                .setSeq(1)
                .setDecidedAt(Instant.ofEpochMilli(DECIDED));
    }

    static DispatchCommand.Builder of(CommandType type, String request) {
        return of(type).setRequestId(request).setFairnessId("t").setAttempt(1);
    }

    /** A dispatch that says everything it can. */
    static DispatchCommand.Builder dispatch(String request, int inputTokens, int outputTokens) {
        return of(CommandType.DISPATCH, request)
                .setModel("m")
                .setPolicy("edf")
                .setPriority(-2)
                .setCreated(Instant.ofEpochMilli(SUBMITTED - 7))
                .setSubmittedAt(Instant.ofEpochMilli(SUBMITTED))
                .setDeadline(Instant.ofEpochMilli(SUBMITTED + 60_000))
                .setSloTtftMs(100.0)
                .setSloTpotMs(20.0)
                .setSloE2eMs(5_000.0)
                .setInputTokens(inputTokens)
                .setMinTokens(outputTokens)
                .setMaxTokens(outputTokens)
                .setPredictedOutputTokens(outputTokens + 3)
                .setSessionId("s")
                .setWorkflowId("w")
                .setServiceTier("flex")
                .setTraceparent("00-1")
                .setHashIds(List.of(11L, 12L))
                .setHashBlockTokens(16)
                .setQueueLength(3)
                .setNextTokens(70L)
                .setQueueWaitMs(250L);
    }
}
