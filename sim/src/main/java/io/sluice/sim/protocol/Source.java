package io.sluice.sim.protocol;

import java.util.function.Consumer;

/** Reads one partition into the job, from the offset that the checkpoint remembers. */
final class Source<T> {

    private final Attempt attempt;
    private final String name;
    private final Topic<T> topic;
    private final int partition;
    private final Edges edges;
    private final Consumer<Topic.Stored<T>> emit;
    private final Runnable reader = this::plan;
    private final long lagMillis;
    private int offset;
    private boolean planned;

    Source(
            Attempt attempt,
            Topic<T> topic,
            int partition,
            Edges edges,
            Consumer<Topic.Stored<T>> emit) {
        this.attempt = attempt;
        this.name = topic.name() + "-" + partition;
        this.topic = topic;
        this.partition = partition;
        this.edges = edges;
        this.emit = emit;
        this.lagMillis = attempt.world().lagMillis();
        this.offset = (Integer) attempt.restored(name, 0);
    }

    void start() {
        topic.addReader(partition, reader);
        plan();
    }

    void stop() {
        topic.removeReader(partition, reader);
    }

    private void plan() {
        if (!planned) {
            planned = true;
            attempt.world().agenda.after(attempt.world().upTo(lagMillis), this::poll);
        }
    }

    private void poll() {
        long readable = topic.readableMillis(partition);
        if (attempt.world().now() < readable) {
            attempt.world().agenda.at(readable, this::poll);
            return;
        }
        planned = false;
        if (attempt.isRunning()) {
            while (offset < topic.end(partition)) {
                emit.accept(topic.read(partition, offset++));
            }
        }
    }

    /** Whether something lies in the partition that was not read. */
    boolean isBehind() {
        return offset < topic.end(partition);
    }

    /** Lets a checkpoint begin here. */
    void begin(Message.Barrier barrier) {
        edges.toAll(barrier);
        attempt.checkpoints().acknowledge(barrier.checkpoint(), name, offset);
    }
}
