package io.sluice.core.model;

import org.jspecify.annotations.Nullable;

/**
 * What an outcome says of its request, so that aggregation needs no join. Workers copy it from
 * command to report.
 *
 * @param model model asked for
 * @param priority higher is more important
 * @param sessionId conversation, or null
 * @param workflowId workflow, or null
 * @param createdMillis submitter's clock
 * @param submittedAtMillis broker's clock
 * @param deadlineMillis absolute, or {@link PendingRequest#NEVER}
 * @param slo latency targets
 * @param inputTokens prompt tokens, 0 if unknown
 * @param policy ordering policy that placed it, or null if it never reached a queue
 */
public record RequestFacts(
        String model,
        int priority,
        @Nullable String sessionId,
        @Nullable String workflowId,
        long createdMillis,
        long submittedAtMillis,
        long deadlineMillis,
        SloTarget slo,
        int inputTokens,
        @Nullable String policy) {

    /** The facts of a request that no policy has placed. */
    public static RequestFacts of(PendingRequest request) {
        return new RequestFacts(
                request.model(),
                request.priority(),
                request.sessionId(),
                request.passengers().workflowId(),
                request.passengers().createdMillis(),
                request.submittedAtMillis(),
                request.deadlineMillis(),
                request.slo(),
                request.inputTokens(),
                null);
    }
}
