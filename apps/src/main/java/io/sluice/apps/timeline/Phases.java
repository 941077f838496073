package io.sluice.apps.timeline;

import io.sluice.apps.timeline.TimelinePhase.Kind;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Cuts a life into phases: each lasts from the entry that begins it to the one that ends it. */
final class Phases {

    private final List<TimelinePhase> done = new ArrayList<>();
    private final Overtaking overtaking;
    private @Nullable TimelinePhase open;

    private Phases(Overtaking overtaking) {
        this.overtaking = overtaking;
    }

    /**
     * The phases of a life.
     *
     * @param entries in the order of time; what was rolled back is passed over
     */
    static List<TimelinePhase> of(List<TimelineEntry> entries, Overtaking overtaking) {
        Phases phases = new Phases(overtaking);
        for (TimelineEntry entry : entries) {
            if (!entry.rolledBack()) {
                phases.take(entry);
            }
        }
        return phases.all();
    }

    private List<TimelinePhase> all() {
        if (open != null) {
            done.add(overtaking.explain(open, null));
        }
        return List.copyOf(done);
    }

    private void take(TimelineEntry entry) {
        switch (entry.stage()) {
            case SUBMITTED -> {
                if (open == null && done.isEmpty()) {
                    begin(Kind.ROUTING, entry, "until it was given to a lane");
                }
            }
            case HOLD -> hold(entry);
            case ROUTE -> begin(Kind.QUEUE, entry, "in the lane of " + entry.instanceId());
            case DISPATCH -> {
                if (entry.event().equals("DISPATCH")) {
                    begin(Kind.DELIVERY, entry, "on its way to the worker");
                }
            }
            case RUN -> run(entry);
            case RELEASE -> letGo(entry);
            case END -> begin(Kind.COMMIT, entry, "until its outcome was committed");
            case OUTCOME -> end(entry);
            case ORDER -> {}
        }
    }

    private void hold(TimelineEntry entry) {
        boolean gate = DecisionFact.FOR_WORKFLOW.equals(entry.details().get("for"));
        begin(gate ? Kind.GATE : Kind.NO_INSTANCE, entry, entry.what());
    }

    private void run(TimelineEntry entry) {
        switch (entry.event()) {
            case "ACCEPTED", "ADOPT" -> {
                if (!isIn(Kind.PREFILL, entry) && !isIn(Kind.DECODE, entry)) {
                    begin(Kind.PREFILL, entry, "until its first token");
                }
            }
            case "FIRST_TOKEN", "PROGRESS" -> {
                if (!isIn(Kind.DECODE, entry)) {
                    begin(Kind.DECODE, entry, "generating");
                }
            }
            case "COMPLETED" -> begin(Kind.COMMIT, entry, "until its outcome was committed");
            case "FAILED", "REFUSED", "GIVEN_BACK", "PREEMPTED", "CANCELLED" -> letGo(entry);
            default -> {}
        }
    }

    private boolean isIn(Kind kind, TimelineEntry entry) {
        return open != null && open.kind() == kind && open.attempt() == entry.attempt();
    }

    /** Of a run that ends both the worker and the lane tell; the first counts. */
    private void letGo(TimelineEntry entry) {
        if (open == null || (open.kind() != Kind.REROUTING && open.kind() != Kind.COMMIT)) {
            begin(Kind.REROUTING, entry, "until it was decided what becomes of it");
        }
    }

    private void begin(Kind kind, TimelineEntry entry, String why) {
        if (open != null && open.kind() == Kind.COMMIT && kind == Kind.COMMIT) {
            return;
        }
        end(entry);
        open = new TimelinePhase(kind, entry.at(), null, entry.instanceId(), entry.attempt(), why);
    }

    private void end(TimelineEntry entry) {
        if (open != null) {
            done.add(overtaking.explain(open.until(entry.at()), entry));
        }
        open = null;
    }
}
