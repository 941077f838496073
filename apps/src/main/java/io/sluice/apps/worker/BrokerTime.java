package io.sluice.apps.worker;

import org.jspecify.annotations.Nullable;

/**
 * What time it is by the clock of the broker, which stamps submissions, whatever the clock of this
 * machine says. Each answer of the broker tells when it looked at its clock, between two moments of
 * ours; half of the time between these is the most that one can be wrong by (Cristian, 1989). The
 * answer with the least doubt of the last half to whole minute counts, as in the clock filter of
 * NTP (RFC 5905, section 10): over that time clocks drift by less than a few milliseconds.
 */
final class BrokerTime {

    static final long PERIOD_NANOS = 30_000_000_000L;

    private static final double NANOS_PER_MILLI = 1e6;

    /** The broker tells whole milliseconds, rounded down. */
    private static final double ROUNDING_MILLIS = 0.5;

    /**
     * What an answer comes to.
     *
     * @param zeroMillis the broker's clock at zero of the monotonic one
     * @param doubtMillis most that it can be wrong by
     */
    record Estimate(double zeroMillis, double doubtMillis) {

        /** The broker's clock at a moment of the monotonic one. */
        double millisAt(long nanos) {
            return zeroMillis + nanos / NANOS_PER_MILLI;
        }
    }

    private @Nullable Estimate recent;
    private @Nullable Estimate before;
    private long periodStartNanos;

    /**
     * The broker has answered.
     *
     * @param sentNanos monotonic clock when it was asked
     * @param heardNanos monotonic clock when its answer was here
     * @param brokerMillis its clock in between
     */
    synchronized void answered(long sentNanos, long heardNanos, long brokerMillis) {
        double middle = (sentNanos + (heardNanos - sentNanos) / 2.0) / NANOS_PER_MILLI;
        double doubt = (heardNanos - sentNanos) / 2.0 / NANOS_PER_MILLI + ROUNDING_MILLIS;
        Estimate now = new Estimate(brokerMillis + ROUNDING_MILLIS - middle, doubt);
        if (recent == null || heardNanos - periodStartNanos >= PERIOD_NANOS) {
            before = recent;
            recent = now;
            periodStartNanos = heardNanos;
        } else {
            recent = surer(recent, now);
        }
    }

    /** What is known; null before the first answer. */
    synchronized @Nullable Estimate estimate() {
        return recent == null || before == null ? recent : surer(before, recent);
    }

    private static Estimate surer(Estimate one, Estimate other) {
        return one.doubtMillis < other.doubtMillis ? one : other;
    }
}
