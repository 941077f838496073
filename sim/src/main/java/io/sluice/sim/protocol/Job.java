package io.sluice.sim.protocol;

import org.jspecify.annotations.Nullable;

/** The job over all its attempts: takes checkpoints, crashes, comes back. */
final class Job {

    private static final long NOTICE_MILLIS = 60;

    private final World world;
    private final long checkpointMillis;
    private @Nullable Attempt attempt;
    private Checkpoints.@Nullable Completed last;
    private Step.@Nullable JobCrash atNextCommit;
    private int checkpointCount;
    private int crashCount;

    Job(World world, long checkpointMillis) {
        this.world = world;
        this.checkpointMillis = checkpointMillis;
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
        world.trace("checkpoint " + checkpoint.number() + " is complete");
        Step.JobCrash crash = atNextCommit;
        if (crash != null) {
            atNextCommit = null;
            crash(crash);
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

    void crash(Step.JobCrash crash) {
        Attempt of = attempt;
        if (of == null || !of.isRunning()) {
            return;
        }
        if (crash.atCommit() && atNextCommit == null) {
            atNextCommit = crash.now();
            return;
        }
        crashCount++;
        world.trace("job crashes");
        of.crash(crash.flushAfterMillis());
        if (crash.losesCommit() && last != null) {
            SettleTask.State journal =
                    (SettleTask.State)
                            Checkpoints.stateOf(last, SettleTask.NAME, SettleTask.State.EMPTY);
            journal.prepared().forEach(Transaction::timeOut);
        }
        world.agenda.after(crash.downMillis(), this::start);
    }

    int crashCount() {
        return crashCount;
    }
}
