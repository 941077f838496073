package io.sluice.core.model;

import org.jspecify.annotations.Nullable;

/**
 * What an outcome says of its request, so that aggregation needs no join. Workers copy it from
 * command to report.
 *
 * @param model model asked for
 * @param priority higher is more important
 * @param tags what it belongs to
 * @param createdMillis submitter's clock
 * @param submittedAtMillis broker's clock
 * @param deadlineMillis absolute, or {@link PendingRequest#NEVER}
 * @param slo latency targets
 * @param inputTokens prompt tokens, 0 if unknown
 * @param predictedOutputTokens output tokens that were predicted, 0 if nobody did
 * @param policy ordering policy that placed it, or null if it never reached a queue
 */
public record RequestFacts(
        String model,
        int priority,
        RequestTags tags,
        long createdMillis,
        long submittedAtMillis,
        long deadlineMillis,
        SloTarget slo,
        int inputTokens,
        int predictedOutputTokens,
        @Nullable String policy) {

    /** The facts of a request that no policy has placed. */
    public static RequestFacts of(PendingRequest request) {
        return new RequestFacts(
                request.model(),
                request.priority(),
                RequestTags.of(request),
                request.passengers().createdMillis(),
                request.submittedAtMillis(),
                request.deadlineMillis(),
                request.slo(),
                request.inputTokens(),
                request.predictedOutputTokens(),
                null);
    }
}
