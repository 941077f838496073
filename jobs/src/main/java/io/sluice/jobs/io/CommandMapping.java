package io.sluice.jobs.io;

import io.sluice.core.kernel.LaneEffect.Address;
import io.sluice.core.model.BlockHashes;
import io.sluice.core.model.Passengers;
import io.sluice.core.model.PayloadLocation;
import io.sluice.core.model.PendingRequest;
import io.sluice.jobs.flow.CommandMessage;
import io.sluice.schemas.avro.CommandType;
import io.sluice.schemas.avro.DispatchCommand;
import io.sluice.schemas.avro.PayloadRef;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Arrays;

/** From a lane's command to its record on the dispatch topic. */
final class CommandMapping {

    private CommandMapping() {}

    static String key(CommandMessage message) {
        return message.address().instanceId();
    }

    static int partition(CommandMessage message) {
        return message.address().dispatchPartition();
    }

    static DispatchCommand record(CommandMessage message) {
        Address address = message.address();
        DispatchCommand.Builder command =
                DispatchCommand.newBuilder()
                        .setType(CommandType.valueOf(message.kind().name()))
                        .setInstanceId(address.instanceId())
                        .setIncarnation(address.incarnation())
                        .setEpoch(address.epoch())
                        .setSeq(address.seq())
                        .setDecidedAt(Instant.ofEpochMilli(address.decidedAtMillis()))
                        .setAttempt(message.attempt())
                        .setPolicy(message.policy())
                        .setPolicyVersion(message.policyVersion())
                        .setReason(message.reason());
        if (message.target() != null) {
            command.setRequestId(message.target().requestId());
            command.setFairnessId(message.target().tenant());
        }
        PendingRequest request = message.request();
        if (request != null) {
            describe(command, request);
            command.setQueueLength(message.behind().requests());
            command.setNextTokens(message.behind().nextTokens());
            command.setQueueWaitMs(address.decidedAtMillis() - request.submittedAtMillis());
        }
        return command.build();
    }

    private static void describe(DispatchCommand.Builder command, PendingRequest request) {
        Passengers rest = request.passengers();
        BlockHashes hashes = rest.hashes();
        command.setModel(request.model())
                .setPriority(request.priority())
                .setSubmittedAt(Instant.ofEpochMilli(request.submittedAtMillis()))
                .setDeadline(time(request.deadlineMillis()))
                .setSloTtftMs(number(request.slo().ttftMillis()))
                .setSloTpotMs(number(request.slo().tpotMillis()))
                .setSloE2eMs(number(request.slo().e2eMillis()))
                .setInputTokens(request.inputTokens())
                .setMaxTokens(positive(request.maxTokens()))
                .setPredictedOutputTokens(positive(request.predictedOutputTokens()))
                .setSessionId(request.sessionId())
                .setCreated(Instant.ofEpochMilli(rest.createdMillis()))
                .setMinTokens(positive(rest.minTokens()))
                .setWorkflowId(rest.workflowId())
                .setServiceTier(rest.serviceTier())
                .setAdapter(rest.adapter())
                .setStream(rest.stream())
                .setTraceparent(rest.traceparent())
                .setPayloadRef(payload(rest.payload()))
                .setHashIds(Arrays.stream(hashes.hashes()).boxed().toList())
                .setHashBlockTokens(hashes.hashes().length == 0 ? null : hashes.blockTokens());
    }

    private static @Nullable PayloadRef payload(@Nullable PayloadLocation location) {
        return location == null
                ? null
                : PayloadRef.newBuilder()
                        .setTopic(location.topic())
                        .setPartition(location.partition())
                        .setOffset(location.offset())
                        .build();
    }

    private static @Nullable Instant time(long millis) {
        return millis == PendingRequest.NEVER ? null : Instant.ofEpochMilli(millis);
    }

    /** Absent rather than the 0 that stands for what nobody said. */
    private static @Nullable Integer positive(int tokens) {
        return tokens == 0 ? null : tokens;
    }

    private static @Nullable Double number(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
