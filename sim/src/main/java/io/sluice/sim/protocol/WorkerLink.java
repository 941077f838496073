package io.sluice.sim.protocol;

import io.sluice.core.model.WorkerReport;
import io.sluice.sim.worker.WorkerLog;
import io.sluice.sim.worker.WorkerSettings;

import java.util.ArrayDeque;

/**
 * A worker's producer: one partition, in order, one report after the other; what cannot go out
 * within its time is never sent, nor is anything after it.
 */
final class WorkerLink implements WorkerLog {

    private static final long ROUND_TRIP_MILLIS = 20;

    private record Unsent(WorkerReport report, long handedMillis) {}

    /** What the link tells its worker. */
    interface Listener {
        void acknowledged(long incarnation, long seq);
    }

    private final World world;
    private final int partition;
    private final Listener listener;
    private final ArrayDeque<Unsent> unsent = new ArrayDeque<>();
    private boolean cut;
    private boolean gaveUp;
    private boolean sending;
    private long generation;
    private long lastAppended;

    WorkerLink(World world, int partition, Listener listener) {
        this.world = world;
        this.partition = partition;
        this.listener = listener;
    }

    @Override
    public void open(long incarnation) {
        generation++;
        unsent.clear();
        sending = false;
        gaveUp = false;
        lastAppended = 0;
    }

    @Override
    public void append(WorkerReport report) {
        if (!world.obeys(Rule.ORDERED_LOG)) {
            sendAlone(new Unsent(report, world.now()));
            return;
        }
        if (!gaveUp) {
            unsent.add(new Unsent(report, world.now()));
            sendNext();
        }
    }

    private void sendNext() {
        if (!sending && !cut && !unsent.isEmpty()) {
            sending = true;
            long of = generation;
            world.agenda.after(world.upTo(ROUND_TRIP_MILLIS), () -> arrive(of));
        }
    }

    private void arrive(long of) {
        if (of != generation) {
            return;
        }
        sending = false;
        Unsent next = unsent.peek();
        if (cut || next == null) {
            return;
        }
        if (isLate(next)) {
            gaveUp = true;
            unsent.clear();
            return;
        }
        unsent.remove();
        appendNow(next);
        sendNext();
    }

    /** Whether the lease may be over before the broker has the report. */
    private boolean isLate(Unsent report) {
        return world.obeys(Rule.SELF_FENCING)
                && world.now() - report.handedMillis() > WorkerSettings.DEFAULTS.publishMillis();
    }

    /** Without order each report finds its own way, and is tried again on its own. */
    private void sendAlone(Unsent report) {
        long of = generation;
        long delay = world.chance(0.2) ? 200 : ROUND_TRIP_MILLIS;
        world.agenda.after(
                world.upTo(delay),
                () -> {
                    if (of == generation && cut) {
                        sendAlone(report);
                    } else if (of == generation && !isLate(report)) {
                        appendNow(report);
                    }
                });
    }

    private void appendNow(Unsent sent) {
        WorkerReport report = sent.report();
        world.trace("log " + partition + " <- " + (world.trace.isOn() ? Wording.of(report) : ""));
        world.history.reported(report, world.now());
        world.events.append(partition, new WorkerRecord.Report(report));
        lastAppended = Math.max(lastAppended, report.origin().seq());
        acknowledge(report.origin().incarnation());
    }

    private void acknowledge(long incarnation) {
        long of = generation;
        long seq = lastAppended;
        world.agenda.after(
                world.upTo(ROUND_TRIP_MILLIS),
                () -> {
                    if (of == generation && !cut) {
                        listener.acknowledged(incarnation, seq);
                    }
                });
    }

    void cut() {
        cut = true;
    }

    /** The broker is within reach again; what it has is learnt by sending it again. */
    void heal(long incarnation) {
        cut = false;
        if (lastAppended > 0) {
            acknowledge(incarnation);
        }
        sendNext();
    }

    /** The process is gone, and with it what was not sent. */
    void die() {
        open(0);
    }
}
