package io.sluice.sim.protocol;

import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.kernel.RouterEffect;
import io.sluice.core.model.AcceptedRun;
import io.sluice.core.model.Release;
import io.sluice.core.model.WorkerReport;

import java.util.List;

/** Short words for the event log. */
final class Wording {

    private Wording() {}

    static String of(RouterEffect effect) {
        if (effect instanceof RouterEffect.Assign e) {
            return "assign %s/%d to %s".formatted(e.request().key(), e.attempt(), e.instanceId());
        }
        if (effect instanceof RouterEffect.CancelAt e) {
            return "cancel %s/%d at %s: %s"
                    .formatted(e.key(), e.attempt(), e.instanceId(), e.reason());
        }
        if (effect instanceof RouterEffect.RecheckAt e) {
            return "recheck " + of(e.release());
        }
        if (effect instanceof RouterEffect.Postponed e) {
            return "postpone " + of(e.release());
        }
        if (effect instanceof RouterEffect.Held e) {
            return "hold %s: %s".formatted(e.request().key(), e.reason());
        }
        if (effect instanceof RouterEffect.Dropped e) {
            return "drop %s: %s".formatted(e.key(), e.cause());
        }
        if (effect instanceof RouterEffect.Settled e) {
            return "close %s %s".formatted(e.outcome().key(), e.outcome().outcome());
        }
        return effect.toString();
    }

    static String of(LaneEffect effect) {
        if (effect instanceof LaneEffect.Dispatch e) {
            return "dispatch %s/%d%s".formatted(e.request().key(), e.attempt(), of(e.address()));
        }
        if (effect instanceof LaneEffect.Command e) {
            String what = e instanceof LaneEffect.Stop s ? " " + s.key() + "/" + s.attempt() : "";
            return e.getClass().getSimpleName() + what + of(e.address());
        }
        if (effect instanceof LaneEffect.Released e) {
            return "release " + of(e.release());
        }
        return effect.toString();
    }

    private static String of(LaneEffect.Address address) {
        return " to %s#%d epoch %d seq %d"
                .formatted(
                        address.instanceId(),
                        address.incarnation(),
                        address.epoch(),
                        address.seq());
    }

    static String of(Release release) {
        return "%s/%d from %s epoch %d %s"
                .formatted(
                        release.key(),
                        release.attempt(),
                        release.fromInstance(),
                        release.epoch(),
                        release.reason());
    }

    static String of(WorkerReport report) {
        WorkerReport.ReportOrigin o = report.origin();
        String what = report.getClass().getSimpleName();
        if (report instanceof WorkerReport.OfRun r) {
            what += " " + r.run().key() + "/" + r.run().attempt();
        } else if (report instanceof WorkerReport.Heartbeat h) {
            List<String> held =
                    h.accepted().stream()
                            .map(AcceptedRun::run)
                            .map(run -> run.key() + "/" + run.attempt())
                            .toList();
            what += " " + held + (h.syncSeq() > 0 ? " answers sync " + h.syncSeq() : "");
        }
        return "%s#%d.%d epoch %d: %s"
                .formatted(o.instanceId(), o.incarnation(), o.seq(), o.epoch(), what);
    }
}
