package io.sluice.sim.protocol;

import io.sluice.sim.protocol.Step.Moment;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.Map;

/** The job over all its attempts: takes checkpoints, crashes, comes back. */
final class Job {

    private static final long NOTICE_MILLIS = 60;

    private final World world;
    private final long checkpointMillis;
    private final Map<Moment, Step.JobCrash> awaited = new EnumMap<>(Moment.class);
    private @Nullable Attempt attempt;
    private Checkpoints.@Nullable Completed last;
    private int checkpointCount;

    Job(World world, long checkpointMillis) {
        this.world = world;
        this.checkpointMillis = checkpointMillis;
        for (int p = 0; p < world.handbacks.partitionCount(); p++) {
            world.handbacks.addReader(p, this::handedBack);
        }
    }

    @Nullable Attempt attempt() {
        return attempt;
    }

    int nextCheckpoint() {
        return ++checkpointCount;
    }

    void start() {
        Attempt fresh = new Attempt(world, this, last);
        attempt = fresh;
        fresh.start();
        world.agenda.after(checkpointMillis, () -> checkpoint(fresh));
    }

    private void checkpoint(Attempt of) {
        if (of.isRunning()) {
            of.checkpoints().trigger();
            world.agenda.after(checkpointMillis, () -> checkpoint(of));
        }
    }

    void completed(Checkpoints.Completed checkpoint, Attempt of) {
        last = checkpoint;
        world.history.remembered();
        world.trace("checkpoint " + checkpoint.number() + " is complete");
        Step.JobCrash crash = awaited.remove(Moment.COMMIT);
        if (crash != null) {
            crashNow(crash);
            return;
        }
        world.agenda.after(world.upTo(NOTICE_MILLIS), () -> committed(of));
    }

    private void committed(Attempt of) {
        if (of.isRunning()) {
            of.settle().commit();
            of.checkpoints().notified();
        }
    }

    private void handedBack() {
        world.faults.count(Fault.HANDBACK);
        Step.JobCrash crash = awaited.remove(Moment.HANDBACK);
        if (crash != null) {
            world.agenda.afterEvents(crash.eventsLater(), () -> crashNow(crash));
        }
    }

    /** Crashes at the moment that the step names; without one, or if one waits for it, soon. */
    void crash(Step.JobCrash crash) {
        boolean waits = crash.moment() != Moment.ANY && isRunning();
        if (!waits || awaited.putIfAbsent(crash.moment(), crash) != null) {
            world.agenda.afterEvents(crash.eventsLater(), () -> crashNow(crash));
        }
    }

    private boolean isRunning() {
        return attempt != null && attempt.isRunning();
    }

    private void crashNow(Step.JobCrash crash) {
        Attempt of = attempt;
        if (of == null || !of.isRunning()) {
            return;
        }
        count(of);
        world.trace("job crashes");
        of.crash(crash.flushAfterMillis());
        if (crash.losesCommit() && last != null) {
            SettleTask.State journal =
                    (SettleTask.State)
                            Checkpoints.stateOf(last, SettleTask.NAME, SettleTask.State.EMPTY);
            journal.prepared().forEach(this::timeOut);
        }
        world.agenda.after(crash.downMillis(), this::start);
    }

    private void timeOut(Transaction transaction) {
        world.faults.countIf(transaction.timeOut(), Fault.TRANSACTION_ABORTED);
    }

    /** Notes what the crash has met. */
    private void count(Attempt of) {
        FaultCounts faults = world.faults;
        faults.count(Fault.JOB_CRASH);
        faults.countIf(last == null, Fault.CRASH_BEFORE_FIRST_CHECKPOINT);
        faults.countIf(last != null && of.isFrom(last), Fault.CRASH_AGAIN);
        boolean uncommitted = of.checkpoints().isToBeCommitted();
        faults.countIf(uncommitted, Fault.CRASH_BEFORE_COMMIT);
        faults.countIf(of.checkpoints().isUnderWay() && !uncommitted, Fault.CRASH_IN_CHECKPOINT);
        faults.countIf(of.isHolding(), Fault.CRASH_IN_HOLD);
        faults.countIf(of.hasHandbackInFlight(), Fault.CRASH_WITH_HANDBACK);
        faults.countIf(world.history.knowsOfMore(), Fault.CRASH_WITH_UNKNOWN_RUN);
        faults.countIf(world.workersAway > 0, Fault.CRASH_WITH_WORKER_AWAY);
    }
}
