package io.sluice.core.kernel;

import io.sluice.core.kernel.RouteRecord.GateHold;
import io.sluice.core.kernel.RouteRecord.Phase;
import io.sluice.core.kernel.RouterEffect.Held;
import io.sluice.core.model.Outcome;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Progress;
import io.sluice.core.routing.FleetInstance;
import io.sluice.core.routing.FleetView;

import java.util.function.Consumer;

/**
 * How the router finds out what can become of a request now: it is given to a lane, held, or
 * closed.
 */
final class Assigning {

    private final RouterSettings settings;
    private final FleetView fleet;
    private final Placement placement;
    private final Closing closing;
    private final Consumer<RouterEffect> effects;

    Assigning(
            RouterSettings settings,
            FleetView fleet,
            Placement placement,
            Closing closing,
            Consumer<RouterEffect> effects) {
        this.settings = settings;
        this.fleet = fleet;
        this.placement = placement;
        this.closing = closing;
        this.effects = effects;
    }

    /**
     * Finds out what can become of a request now. What depends on the moment - that its time is up,
     * or what the gate made of what it had read by then - is not decided before the fleet is open:
     * until then the request may run, assigned after the checkpoint.
     */
    RouteRecord place(RouteRecord record, PendingRequest request, long now) {
        GateHold hold = record.gateHold();
        Verdict verdict = hold == null ? null : hold.verdict();
        if (verdict != null && (fleet.isOpen() || !verdict.ofTheMoment())) {
            return closing.close(record, Ending.refused(verdict), now);
        }
        if (record.cancelReason() != null) {
            return closing.close(record, Ending.cancelledWaiting(record.cancelReason()), now);
        }
        if (fleet.isOpen() && request.expiresAtMillis() <= now) {
            return closing.close(record, Ending.outOfTime(record, request, now), now);
        }
        if (hold != null) {
            if (verdict == null && record.phase() != Phase.HELD) {
                String reason = "waits for others of its workflow";
                tell(record, request, Held.Want.WORKFLOW, reason);
            }
            long expiry = request.expiresAtMillis();
            return record.held(0, fleet.isOpen() ? expiry : settings.lookAgainAt(request, 0, now));
        }
        if (request.progress().hasStarted()) {
            return takeUp(record, request, now);
        }
        Placement.Answer answer = placement.find(request, record.avoid(), now);
        if (answer instanceof Placement.Answer.To to) {
            return assign(record, request, to);
        }
        if (answer instanceof Placement.Answer.Never never) {
            return closing.close(record, Ending.refused(never.verdict()), now);
        }
        return hold(record, request, (Placement.Answer.NotYet) answer, now);
    }

    /**
     * What is interrupted goes on where it was; elsewhere it would have to start afresh. Whether it
     * can is not known before the fleet is open.
     */
    RouteRecord takeUp(RouteRecord record, PendingRequest request, long now) {
        String where = record.avoid();
        FleetInstance same = where == null ? null : placement.ifItTakes(where, request);
        if (same != null) {
            Placement.Answer.To there =
                    placement.without(same, request, "its run was interrupted there", now);
            return assign(record.with(request), request, there);
        }
        if (!fleet.isOpen()) {
            return record.with(request).held(0, settings.lookAgainAt(request, 0, now));
        }
        closing.lose(record.with(request));
        return startAfresh(record, request, now);
    }

    /** What a run has made is lost; the request may run anywhere. */
    RouteRecord startAfresh(RouteRecord record, PendingRequest request, long now) {
        PendingRequest fresh = request.withProgress(Progress.NONE);
        return place(record.with(fresh), fresh, now);
    }

    private RouteRecord assign(RouteRecord record, PendingRequest request, Placement.Answer.To to) {
        String instanceId = to.instance().instanceId();
        int attempt = record.attempt() + 1;
        double share = placement.count(to.instance(), request);
        effects.accept(new RouterEffect.Assign(instanceId, request, attempt, to.choice()));
        return record.assigned(instanceId, attempt, share, fleet.epoch());
    }

    private void tell(RouteRecord record, PendingRequest request, Held.Want want, String reason) {
        effects.accept(new Held(request, record.attempt(), want, reason));
    }

    private RouteRecord hold(
            RouteRecord record, PendingRequest request, Placement.Answer.NotYet why, long now) {
        long since = record.heldSinceMillis();
        if (why.starved() && since == 0) {
            since = now;
            tell(record, request, Held.Want.NO_INSTANCE, why.why());
        } else if (record.phase() != Phase.HELD) {
            tell(record, request, Held.Want.TAKING_STOCK, why.why());
        }
        if (why.starved() && now - since >= settings.noEndpointMillis()) {
            String message = "waited %d ms: %s".formatted(now - since, why.why());
            return closing.close(
                    record, Ending.waited(Outcome.REJECTED_NO_ENDPOINTS, message), now);
        }
        return record.held(since, settings.lookAgainAt(request, since, now));
    }
}
