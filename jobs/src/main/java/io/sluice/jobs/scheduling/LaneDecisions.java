package io.sluice.jobs.scheduling;

import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.kernel.LaneEffect.Address;
import io.sluice.core.kernel.LaneSettings;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Release;
import io.sluice.jobs.flow.DecisionMessage;
import io.sluice.jobs.flow.DecisionMessage.Kind;

import org.jspecify.annotations.Nullable;

/** What a lane's effects mean as decisions about requests. */
final class LaneDecisions {

    private LaneDecisions() {}

    /** The decision behind an effect, or null if it is about no request. */
    static @Nullable DecisionMessage of(LaneEffect effect, LaneSettings settings, long now) {
        if (effect instanceof LaneEffect.Dispatch dispatch) {
            return dispatched(dispatch, settings);
        }
        if (effect instanceof LaneEffect.Released released) {
            return released(released, settings, now);
        }
        if (effect instanceof LaneEffect.Stop stop) {
            Address address = stop.address();
            return new DecisionMessage(
                    Kind.CANCEL,
                    stop.key(),
                    stop.attempt(),
                    address.instanceId(),
                    address.epoch(),
                    address.seq(),
                    now,
                    0,
                    settings.ordering().name(),
                    -1,
                    -1,
                    -1,
                    stop.reason());
        }
        if (effect instanceof LaneEffect.Adopted adopted) {
            return new DecisionMessage(
                    Kind.ADOPT,
                    adopted.key(),
                    adopted.attempt(),
                    adopted.instanceId(),
                    adopted.epoch(),
                    0,
                    now,
                    0,
                    settings.ordering().name(),
                    -1,
                    -1,
                    -1,
                    "its worker holds it");
        }
        return null;
    }

    private static DecisionMessage dispatched(LaneEffect.Dispatch dispatch, LaneSettings settings) {
        Address address = dispatch.address();
        return new DecisionMessage(
                Kind.DISPATCH,
                dispatch.request().key(),
                dispatch.attempt(),
                address.instanceId(),
                address.epoch(),
                address.seq(),
                address.decidedAtMillis(),
                dispatch.request().priority(),
                settings.ordering().name(),
                dispatch.queueLength(),
                dispatch.queuePosition(),
                dispatch.queueWaitMillis(),
                null);
    }

    private static DecisionMessage released(
            LaneEffect.Released released, LaneSettings settings, long now) {
        Release release = released.release();
        PendingRequest request = released.request();
        String why = release.reason().name();
        return new DecisionMessage(
                Kind.RELEASE,
                release.key(),
                release.attempt(),
                release.fromInstance(),
                release.epoch(),
                0,
                now,
                request == null ? 0 : request.priority(),
                settings.ordering().name(),
                -1,
                -1,
                request == null ? -1 : now - request.submittedAtMillis(),
                release.message() == null ? why : why + ": " + release.message());
    }
}
