package io.sluice.jobs.flow;

import io.sluice.core.model.RequestKey;

import org.jspecify.annotations.Nullable;

/**
 * That a request has ended, as its outcome says.
 *
 * @param request the request
 * @param workflowId workflow it belongs to, or null
 * @param outcome how it has ended, in the words of users; null if it has completed
 * @param settledAtMillis when
 */
public record EndNotice(
        RequestKey request,
        @Nullable String workflowId,
        @Nullable String outcome,
        long settledAtMillis) {}
