package io.sluice.demo.view;

import java.util.ArrayDeque;

/** Rates over the last seconds, from snapshots taken now and then. */
final class RateMeter {

    /** Several checkpoint intervals, since outcomes come in bursts, one at each checkpoint. */
    private static final double WINDOW_SECONDS = 5;

    private record Sample(double seconds, long submitted, long settled) {}

    private final ArrayDeque<Sample> samples = new ArrayDeque<>();

    /**
     * Takes in a snapshot.
     *
     * @param seconds when it was taken, from any zero
     * @return the rates since the snapshot of some seconds ago, or since the first
     */
    LiveRates add(double seconds, LiveSnapshot snapshot) {
        Sample now = new Sample(seconds, snapshot.submitted(), snapshot.settled());
        samples.addLast(now);
        while (samples.getFirst().seconds() < seconds - WINDOW_SECONDS) {
            samples.removeFirst();
        }
        Sample then = samples.getFirst();
        double elapsed = now.seconds() - then.seconds();
        if (elapsed <= 0) {
            return new LiveRates(0, 0);
        }
        return new LiveRates(
                (now.submitted() - then.submitted()) / elapsed,
                (now.settled() - then.settled()) / elapsed);
    }
}
