package io.sluice.sim.protocol;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/** Counts the parts of one checkpoint after the other. */
final class Checkpoints {

    /** A checkpoint that a crash may fall back to. */
    record Completed(int number, Map<String, Object> states) {}

    private final Job job;
    private final Attempt attempt;
    private final int parts;
    private final Map<String, Object> states = new HashMap<>();
    private int number;
    private boolean underWay;

    Checkpoints(Job job, Attempt attempt, int parts) {
        this.job = job;
        this.attempt = attempt;
        this.parts = parts;
    }

    void trigger() {
        if (!underWay && attempt.isRunning()) {
            underWay = true;
            states.clear();
            number = job.nextCheckpoint();
            attempt.begin(new Message.Barrier(number));
        }
    }

    void acknowledge(int checkpoint, String part, Object state) {
        if (checkpoint != number) {
            throw new IllegalStateException(
                    "%s acknowledged checkpoint %d during %d".formatted(part, checkpoint, number));
        }
        if (states.put(part, state) != null) {
            throw new IllegalStateException(part + " acknowledged twice");
        }
        if (states.size() == parts) {
            job.completed(new Completed(number, Map.copyOf(states)), attempt);
        }
    }

    /** Whether one has begun whose end the sinks do not know of. */
    boolean isUnderWay() {
        return underWay;
    }

    /** Whether it is complete, and only the sinks do not know that yet. */
    boolean isToBeCommitted() {
        return underWay && states.size() == parts;
    }

    /** The sinks know of the completed checkpoint; another one may begin. */
    void notified() {
        underWay = false;
    }

    static Object stateOf(@Nullable Completed checkpoint, String part, Object otherwise) {
        return checkpoint == null ? otherwise : checkpoint.states().getOrDefault(part, otherwise);
    }
}
