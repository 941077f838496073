package io.sluice.sim.protocol;

/** Numbers the job attempts, and moves the time of the workers' logs on. */
final class EpochSource {

    static final String NAME = "epoch";

    private final Attempt attempt;
    private final World world;
    private final Channel policies;

    EpochSource(Attempt attempt, PolicyTask policies) {
        this.attempt = attempt;
        this.world = attempt.world();
        this.policies = new Channel(world, policies);
    }

    void start() {
        policies.send(new Message.Epoch(attempt.epoch()));
        for (int partition = 0; partition < World.EVENT_PARTITIONS; partition++) {
            int target = partition;
            world.agenda.after(world.upTo(world.roadMillis()), () -> tick(target));
        }
    }

    private void tick(int partition) {
        if (attempt.isRunning()) {
            world.events.append(partition, new WorkerRecord.Tick(attempt.epoch()));
            world.agenda.after(Setup.TICK_MILLIS, () -> tick(partition));
        }
    }

    void begin(Message.Barrier barrier) {
        policies.send(barrier);
        attempt.checkpoints().acknowledge(barrier.checkpoint(), NAME, attempt.epoch());
    }
}
