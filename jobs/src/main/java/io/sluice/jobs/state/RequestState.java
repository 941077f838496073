package io.sluice.jobs.state;

import io.sluice.core.model.BlockHashes;
import io.sluice.core.model.Passengers;
import io.sluice.core.model.PayloadLocation;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Prediction;
import io.sluice.core.model.Progress;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.SloTarget;

import org.jspecify.annotations.Nullable;

/**
 * A request, as it lies in state, under its key. Flat, so that fields can be added without a
 * migration.
 */
public record RequestState(
        String model,
        int priority,
        long submittedAtMillis,
        long expiresAtMillis,
        long deadlineMillis,
        int inputTokens,
        int maxTokens,
        int predictedOutputTokens,
        @Nullable Double lengthScore,
        int generatedTokens,
        int heldTokens,
        long interruptedAtMillis,
        long criticalPathMillis,
        double sloTtftMillis,
        double sloTpotMillis,
        double sloE2eMillis,
        @Nullable String sessionId,
        @Nullable String pinnedInstance,
        long createdMillis,
        int minTokens,
        @Nullable String workflowId,
        @Nullable String serviceTier,
        @Nullable String adapter,
        boolean stream,
        @Nullable String payloadTopic,
        int payloadPartition,
        long payloadOffset,
        @Nullable String traceparent,
        int hashBlockTokens,
        long[] hashes) {

    /** The state form of a request. */
    public static RequestState of(PendingRequest request) {
        Passengers rest = request.passengers();
        PayloadLocation payload = rest.payload();
        return new RequestState(
                request.model(),
                request.priority(),
                request.submittedAtMillis(),
                request.expiresAtMillis(),
                request.deadlineMillis(),
                request.inputTokens(),
                request.maxTokens(),
                request.predictedOutputTokens(),
                scoreOrNull(request.prediction()),
                request.progress().generatedTokens(),
                request.progress().heldTokens(),
                request.progress().interruptedAtMillis(),
                request.criticalPathMillis(),
                request.slo().ttftMillis(),
                request.slo().tpotMillis(),
                request.slo().e2eMillis(),
                request.sessionId(),
                request.pinnedInstance(),
                rest.createdMillis(),
                rest.minTokens(),
                rest.workflowId(),
                rest.serviceTier(),
                rest.adapter(),
                rest.stream(),
                payload == null ? null : payload.topic(),
                payload == null ? 0 : payload.partition(),
                payload == null ? 0 : payload.offset(),
                rest.traceparent(),
                rest.hashes().blockTokens(),
                rest.hashes().hashes());
    }

    /** Absent rather than not a number, so that states of before there were scores read alike. */
    private static @Nullable Double scoreOrNull(Prediction prediction) {
        return prediction.hasScore() ? prediction.lengthScore() : null;
    }

    /** The request of that key. */
    public PendingRequest toCore(RequestKey key) {
        PayloadLocation payload =
                payloadTopic == null
                        ? null
                        : new PayloadLocation(payloadTopic, payloadPartition, payloadOffset);
        return new PendingRequest(
                key,
                model,
                priority,
                submittedAtMillis,
                expiresAtMillis,
                deadlineMillis,
                inputTokens,
                maxTokens,
                new Prediction(
                        predictedOutputTokens, lengthScore == null ? Double.NaN : lengthScore),
                new Progress(generatedTokens, heldTokens, interruptedAtMillis),
                criticalPathMillis,
                new SloTarget(sloTtftMillis, sloTpotMillis, sloE2eMillis),
                sessionId,
                pinnedInstance,
                new Passengers(
                        createdMillis,
                        minTokens,
                        workflowId,
                        serviceTier,
                        adapter,
                        stream,
                        payload,
                        traceparent,
                        new BlockHashes(hashBlockTokens, hashes)));
    }
}
