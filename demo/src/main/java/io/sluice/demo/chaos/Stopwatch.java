package io.sluice.demo.chaos;

import java.util.OptionalDouble;

/** A time that is taken once. Safe for use by several threads. */
final class Stopwatch {

    private final long startedNanos = System.nanoTime();
    private volatile long stoppedNanos;
    private volatile boolean stopped;

    private Stopwatch() {}

    /** Whether what was struck has been brought back. Safe for use by several threads. */
    static final class Healing {

        private volatile boolean done;

        /** It has. */
        void done() {
            done = true;
        }

        boolean isDone() {
            return done;
        }
    }

    static Stopwatch start() {
        return new Stopwatch();
    }

    /** Takes the time. Called once. */
    void stop() {
        stoppedNanos = System.nanoTime();
        stopped = true;
    }

    /** The time in seconds; empty if it was not taken yet. */
    OptionalDouble seconds() {
        return stopped
                ? OptionalDouble.of((stoppedNanos - startedNanos) / 1e9)
                : OptionalDouble.empty();
    }
}
