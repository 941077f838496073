package io.sluice.sim.protocol;

/** The road from one subtask to another: keeps its order, takes its time. */
final class Channel {

    private final World world;
    private final Task to;
    private final int index;
    private final long slowestMillis;
    private long lastArrivalMillis;

    Channel(World world, Task to) {
        this(world, to, to.connect());
    }

    /** A road on which no barriers travel, so that no checkpoint waits for it. */
    static Channel besides(World world, Task to) {
        return new Channel(world, to, Task.BESIDES);
    }

    private Channel(World world, Task to, int index) {
        this.world = world;
        this.to = to;
        this.index = index;
        this.slowestMillis = world.roadMillis();
    }

    void send(Message message) {
        long arrival = world.now() + world.upTo(slowestMillis);
        lastArrivalMillis = Math.max(lastArrivalMillis, arrival);
        world.agenda.at(lastArrivalMillis, () -> to.arrive(index, message));
    }
}
