package io.sluice.jobs.flow;

import io.sluice.core.model.RequestKey;

import org.jspecify.annotations.Nullable;

/**
 * What reaches the gate.
 *
 * @param key scoped key of the workflow
 * @param submission a request of it that was read; null for the end of one
 * @param request the request that has ended; null for one that was read
 * @param outcome how it has ended, in the words of users; null if it has completed
 * @param endedAtMillis when it has ended
 */
public record GateInput(
        String key,
        @Nullable Submission submission,
        @Nullable RequestKey request,
        @Nullable String outcome,
        long endedAtMillis) {

    /** A request of a workflow was read. */
    public static GateInput submitted(String workflowId, Submission submission) {
        String tenant = submission.request().key().tenant();
        return new GateInput(key(tenant, workflowId), submission, null, null, 0);
    }

    /**
     * A request of a workflow has ended.
     *
     * @param outcome how, or null if it has completed
     */
    public static GateInput ended(
            String workflowId, RequestKey request, @Nullable String outcome, long millis) {
        return new GateInput(key(request.tenant(), workflowId), null, request, outcome, millis);
    }

    /** Workflows are scoped per tenant, as requests are. */
    private static String key(String tenant, String workflowId) {
        return new RequestKey(tenant, workflowId).scoped();
    }

    /** Whether there is a workflow to wait in. A blank name is none. */
    public static boolean isWorkflow(@Nullable String workflowId) {
        return workflowId != null && !workflowId.isBlank();
    }
}
