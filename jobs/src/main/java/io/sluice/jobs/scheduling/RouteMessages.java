package io.sluice.jobs.scheduling;

import io.sluice.core.kernel.RouterEffect;
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
}
