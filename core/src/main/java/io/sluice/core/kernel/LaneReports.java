package io.sluice.core.kernel;

import io.sluice.core.kernel.InstanceLink.Continuity;
import io.sluice.core.kernel.LaneEntry.Run;
import io.sluice.core.model.AcceptedRun;
import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.RunId;
import io.sluice.core.model.WorkerReport;
import io.sluice.core.model.WorkerReport.ReportOrigin;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.Set;

/**
 * What a lane makes of its workers' logs: who lives, who is in step, what runs and what has ended.
 */
final class LaneReports {

    /** An attempt that a worker says it holds. */
    private record Held(RequestKey key, int attempt) {}

    private final Lane lane;
    private final long leaseMillis;

    LaneReports(Lane lane, long leaseMillis) {
        this.lane = lane;
        this.leaseMillis = leaseMillis;
    }

    /** Notes how far runs have come by what another object of the same lane has heard. */
    void recallProgress(Lane before) {
        for (InstanceLink link : before.links()) {
            for (LaneEntry run : before.entries().runsOn(link)) {
                LaneEntry same = lane.entries().find(run.key());
                if (same != null && run.request() != null) {
                    lane.entries().progressed(same, run.request().progress());
                }
            }
        }
    }

    void read(WorkerReport report, long now) {
        ReportOrigin origin = report.origin();
        InstanceLink link = lane.links().get(origin.instanceId());
        if (link == null || origin.incarnation() > link.incarnation()) {
            meet(report, link, now);
            return;
        }
        boolean current = origin.incarnation() == link.incarnation();
        if (current && link.leaseOver(origin.logMillis(), leaseMillis)) {
            die(link);
        }
        if (!current || link.isDead()) {
            if (report instanceof WorkerReport.Heartbeat) {
                lane.voice().fence(link, origin.incarnation(), now);
            }
            return;
        }
        Continuity continuity = link.read(origin.seq());
        if (continuity == Continuity.REPEATED) {
            return;
        }
        if (continuity == Continuity.GAP) {
            lane.voice().sync(link, true, now);
        }
        act(report, link, now);
    }

    /**
     * A new incarnation. It registers first, but its registration may be older than the log that is
     * left, so a heartbeat introduces it as well; before that it says what became of the runs of
     * the one before. What it holds is unknown either way until it has answered a sync: the record
     * may be read again after a restore, long after the worker went on.
     */
    private void meet(WorkerReport report, @Nullable InstanceLink before, long now) {
        InstanceCapacity capacity = null;
        boolean draining = false;
        if (report instanceof WorkerReport.Registered registered) {
            capacity = registered.capacity();
        } else if (report instanceof WorkerReport.Heartbeat heartbeat) {
            capacity = heartbeat.capacity();
            draining = heartbeat.draining();
        }
        if (capacity == null) {
            if (before != null && report instanceof WorkerReport.OfRun ofRun) {
                ofRun(ofRun, before, now);
            }
            return;
        }
        if (before != null) {
            loseRuns(before, "its worker was replaced by a new incarnation");
        }
        InstanceLink link = lane.links().meet(report.origin(), capacity, before);
        link.draining(draining);
        lane.capacity().connect(link);
        lane.voice().sync(link, true, now);
    }

    private void act(WorkerReport report, InstanceLink link, long now) {
        if (report instanceof WorkerReport.Heartbeat heartbeat) {
            heartbeat(heartbeat, link, now);
        } else if (report instanceof WorkerReport.Draining draining) {
            link.draining(draining.draining());
            lane.capacity().changed();
        } else if (report instanceof WorkerReport.OfRun ofRun) {
            ofRun(ofRun, link, now);
        }
    }

    private void heartbeat(WorkerReport.Heartbeat heartbeat, InstanceLink link, long now) {
        ReportOrigin origin = heartbeat.origin();
        link.heartbeat(origin.logMillis(), heartbeat.capacity(), heartbeat.draining());
        for (AcceptedRun accepted : heartbeat.accepted()) {
            adoptUnknown(accepted, link, now);
        }
        lane.capacity().changed();
        if (origin.epoch() == lane.voice().epoch() && link.answersSync(heartbeat.syncSeq())) {
            takeBack(heartbeat, link);
            link.synced();
        } else if (origin.epoch() < lane.voice().epoch() && link.isToBeAskedAgain(now)) {
            lane.voice().sync(link, false, now);
        }
    }

    /** A worker may hold an attempt that the router has given up; the later one stays. */
    private void adoptUnknown(AcceptedRun accepted, InstanceLink link, long now) {
        RunId run = accepted.run();
        LaneEntry known = lane.entries().find(run.key());
        if (known != null && known.attempt() > run.attempt()) {
            lane.voice()
                    .stop(
                            link,
                            run.key(),
                            run.attempt(),
                            "a later attempt has taken its place",
                            now);
            return;
        }
        if (known == null || known.run() == null || known.attempt() < run.attempt()) {
            lane.adopt(link, run, accepted.reservedTokens(), now);
        } else {
            lane.entries()
                    .progressed(known, accepted.progress().interruptedAt(interruptedAt(known)));
        }
    }

    /** When the request of a run was interrupted before, 0 if never. */
    private static long interruptedAt(LaneEntry entry) {
        return entry.request() == null ? 0 : entry.request().progress().interruptedAtMillis();
    }

    /**
     * What was sent, has not ended, and is not held by the worker never arrived or was forgotten.
     */
    private void takeBack(WorkerReport.Heartbeat heartbeat, InstanceLink link) {
        Set<Held> held = new HashSet<>();
        heartbeat.accepted().stream()
                .map(AcceptedRun::run)
                .forEach(run -> held.add(new Held(run.key(), run.attempt())));
        for (LaneEntry entry : lane.entries().runsOn(link)) {
            if (!held.contains(new Held(entry.key(), entry.attempt()))) {
                lane.releases().release(entry, ReleaseReason.LOST, "its worker does not hold it");
            }
        }
    }

    private void ofRun(WorkerReport.OfRun report, InstanceLink link, long now) {
        LaneEntry entry = lane.entries().owned(report.run().key(), report.run().attempt());
        if (entry == null) {
            return;
        }
        if (report instanceof WorkerReport.Accepted) {
            accepted(entry, link, now);
        } else if (report instanceof WorkerReport.Completed completed) {
            lane.entries().completed(entry, completed.measures().outputTokens());
            link.lookAhead().completed(now);
        } else if (report instanceof WorkerReport.Failed failed) {
            lane.releases()
                    .release(
                            entry,
                            ReleaseReason.FAILED,
                            failed.retriable(),
                            failed.code(),
                            failed.message());
        } else if (report instanceof WorkerReport.Cancelled) {
            lane.releases().release(entry, ReleaseReason.STOPPED, "stopped by its worker");
        } else if (report instanceof WorkerReport.Preempted preempted) {
            lane.releases().interrupted(entry, preempted.progress().interruptedAt(now));
        } else if (report instanceof WorkerReport.GivenBack) {
            lane.releases().release(entry, ReleaseReason.GIVEN_BACK, null);
        } else if (report instanceof WorkerReport.Refused refused) {
            refused(entry, refused);
        }
    }

    private static void accepted(LaneEntry entry, InstanceLink link, long now) {
        if (entry.run() != null) {
            link.lookAhead().accepted(entry.run().sentAtMillis(), now);
        }
    }

    /**
     * Only the refusal of the very command that was sent counts: one of a rolled-back epoch may
     * come from a stopped sender.
     */
    private void refused(LaneEntry entry, WorkerReport.Refused refused) {
        Run run = entry.run();
        if (run != null && run.commandEpoch() == refused.run().commandEpoch()) {
            lane.releases()
                    .release(entry, ReleaseReason.REFUSED, true, refused.code(), refused.message());
        }
    }

    /** Declares an instance dead: its runs are lost. */
    void die(InstanceLink link) {
        link.die();
        loseRuns(link, "no heartbeat of its worker for more than %d ms".formatted(leaseMillis));
        lane.capacity().changed();
    }

    private void loseRuns(InstanceLink link, String message) {
        lane.entries()
                .runsOn(link)
                .forEach(entry -> lane.releases().release(entry, ReleaseReason.LOST, message));
    }
}
