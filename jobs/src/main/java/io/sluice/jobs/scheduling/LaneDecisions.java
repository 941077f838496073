package io.sluice.jobs.scheduling;

import io.sluice.core.kernel.InstanceScheduler;
import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.kernel.LaneEffect.Address;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Release;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.RunId;
import io.sluice.core.prediction.RunForecast;
import io.sluice.jobs.flow.DecidedBy;
import io.sluice.jobs.flow.DecisionForecast;
import io.sluice.jobs.flow.DecisionMessage;
import io.sluice.jobs.flow.DecisionMessage.Kind;

import org.jspecify.annotations.Nullable;

/**
 * What a lane's effects mean as decisions about requests.
 *
 * @param sampling which of them are told
 * @param lane the lane, as it is now
 * @param by by what it orders
 * @param interrupting by what it interrupts
 * @param nowMillis current time
 */
record LaneDecisions(
        DecisionSampling sampling,
        InstanceScheduler lane,
        DecidedBy by,
        DecidedBy interrupting,
        long nowMillis) {

    /** The decision behind an effect, or null if there is none to tell. */
    @Nullable DecisionMessage of(LaneEffect effect) {
        RequestKey key = subject(effect);
        return key == null || !(sampling.tells(key) || effect instanceof LaneEffect.Preempt)
                ? null
                : told(effect);
    }

    private static @Nullable RequestKey subject(LaneEffect effect) {
        if (effect instanceof LaneEffect.Dispatch dispatch) {
            return dispatch.request().key();
        }
        if (effect instanceof LaneEffect.Released released) {
            return released.release().key();
        }
        if (effect instanceof LaneEffect.Stop stop) {
            return stop.key();
        }
        if (effect instanceof LaneEffect.Preempt preempt) {
            return preempt.key();
        }
        return effect instanceof LaneEffect.Adopted adopted ? adopted.key() : null;
    }

    private @Nullable DecisionMessage told(LaneEffect effect) {
        if (effect instanceof LaneEffect.Dispatch dispatch) {
            return dispatched(dispatch);
        }
        if (effect instanceof LaneEffect.Released released) {
            return released(released);
        }
        if (effect instanceof LaneEffect.Stop stop) {
            RunId run = new RunId(stop.key(), stop.attempt(), stop.address().epoch());
            return ended(Kind.CANCEL, run, stop.address(), by, stop.reason());
        }
        if (effect instanceof LaneEffect.Preempt stop) {
            RunId run = new RunId(stop.key(), stop.attempt(), stop.address().epoch());
            return ended(Kind.PREEMPT, run, stop.address(), interrupting, stop.reason());
        }
        if (effect instanceof LaneEffect.Adopted adopted) {
            return new DecisionMessage(
                    Kind.ADOPT,
                    adopted.key(),
                    adopted.attempt(),
                    adopted.instanceId(),
                    adopted.epoch(),
                    0,
                    nowMillis,
                    0,
                    by,
                    -1,
                    -1,
                    -1,
                    "its worker holds it");
        }
        return null;
    }

    /** The worker is to end a run. */
    private DecisionMessage ended(
            Kind kind, RunId run, Address address, DecidedBy decidedBy, String reason) {
        return new DecisionMessage(
                kind,
                run.key(),
                run.attempt(),
                address.instanceId(),
                address.epoch(),
                address.seq(),
                nowMillis,
                0,
                decidedBy,
                -1,
                -1,
                -1,
                reason);
    }

    private DecisionMessage dispatched(LaneEffect.Dispatch dispatch) {
        Address address = dispatch.address();
        PendingRequest request = dispatch.request();
        RunForecast forecast = lane.forecast(request, address.decidedAtMillis());
        return new DecisionMessage(
                        Kind.DISPATCH,
                        request.key(),
                        dispatch.attempt(),
                        address.instanceId(),
                        address.epoch(),
                        address.seq(),
                        address.decidedAtMillis(),
                        request.priority(),
                        by,
                        dispatch.queueLength(),
                        dispatch.queuePosition(),
                        dispatch.queueWaitMillis(),
                        lane.describe(request, nowMillis))
                .expecting(DecisionForecast.of(request, forecast));
    }

    private DecisionMessage released(LaneEffect.Released released) {
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
                nowMillis,
                request == null ? 0 : request.priority(),
                by,
                lane.queueLength(),
                -1,
                request == null ? -1 : nowMillis - request.submittedAtMillis(),
                release.message() == null ? why : why + ": " + release.message());
    }
}
