package io.sluice.jobs.scheduling;

import io.sluice.core.kernel.RouterEffect;
import io.sluice.jobs.flow.DecisionMessage;
import io.sluice.jobs.flow.LaneInput;

/** What the router's effects are as messages. */
final class RouteMessages {

    private RouteMessages() {}

    static LaneInput toLane(RouterEffect.ToLane effect) {
        if (effect instanceof RouterEffect.Assign assign) {
            return LaneInput.assign(assign.instanceId(), assign.request(), assign.attempt());
        }
        if (effect instanceof RouterEffect.CancelAt cancel) {
            return LaneInput.cancel(
                    cancel.instanceId(), cancel.key(), cancel.attempt(), cancel.reason());
        }
        if (effect instanceof RouterEffect.RevalueAt change) {
            return LaneInput.revalue(
                    change.instanceId(),
                    change.key(),
                    change.attempt(),
                    change.priority(),
                    change.criticalPathMillis());
        }
        if (effect instanceof RouterEffect.RecheckAt recheck) {
            return LaneInput.recheck(recheck.instanceId(), recheck.release());
        }
        throw new IllegalArgumentException("unknown effect " + effect);
    }

    /** Attempts grow with each assignment of a request, so they number its decisions. */
    static DecisionMessage decision(
            RouterEffect.Assign assign, KnownPolicies policies, long epoch, long now) {
        return new DecisionMessage(
                DecisionMessage.Kind.ROUTE,
                assign.request().key(),
                assign.attempt(),
                assign.instanceId(),
                epoch,
                assign.attempt(),
                now,
                assign.request().priority(),
                assign.policy() == null ? policies.necessity() : policies.routing(),
                -1,
                -1,
                now - assign.request().submittedAtMillis(),
                assign.reason());
    }
}
