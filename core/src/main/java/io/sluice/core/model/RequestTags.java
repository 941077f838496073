package io.sluice.core.model;

import org.jspecify.annotations.Nullable;

/**
 * What a client has said its request belongs to. Nothing is decided by it here; whoever reads the
 * outcome groups by it.
 *
 * @param sessionId conversation, or null
 * @param workflowId workflow, or null
 * @param serviceTier service tier asked for, or null
 * @param traceparent W3C trace context of the client's span, or null
 */
public record RequestTags(
        @Nullable String sessionId,
        @Nullable String workflowId,
        @Nullable String serviceTier,
        @Nullable String traceparent) {

    /** Of a request that belongs to nothing. */
    public static final RequestTags NONE = new RequestTags(null, null, null, null);

    /** The tags of a request. */
    static RequestTags of(PendingRequest request) {
        Passengers rest = request.passengers();
        return new RequestTags(
                request.sessionId(), rest.workflowId(), rest.serviceTier(), rest.traceparent());
    }
}
