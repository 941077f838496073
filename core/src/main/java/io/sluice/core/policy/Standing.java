package io.sluice.core.policy;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.prediction.ServiceModel;

/**
 * A request at a moment, for orders that depend on how long it has waited or run.
 *
 * @param request the request, with its progress
 * @param runningSinceMillis when its present run was sent; {@link PendingRequest#NEVER} while it
 *     waits
 * @param nowMillis the moment
 * @param service speed of the lane's instances
 */
public record Standing(
        PendingRequest request, long runningSinceMillis, long nowMillis, ServiceModel service) {

    /** A request that waits. */
    public static Standing waiting(PendingRequest request, long nowMillis, ServiceModel service) {
        return new Standing(request, PendingRequest.NEVER, nowMillis, service);
    }

    /** Whether it runs. */
    public boolean isRunning() {
        return runningSinceMillis != PendingRequest.NEVER;
    }

    /** Since when it has waited, or had waited when its present run was sent. */
    public long waitingSinceMillis() {
        return Math.max(request.submittedAtMillis(), request.progress().interruptedAtMillis());
    }
}
