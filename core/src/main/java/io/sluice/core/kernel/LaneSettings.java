package io.sluice.core.kernel;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.policy.AdmissionPolicy;
import io.sluice.core.policy.LanePolicies;
import io.sluice.core.policy.OrderingPolicy;

/**
 * How a lane behaves.
 *
 * @param policies what it decides by
 * @param maxPasses how often a waiting head that does not fit may be passed
 * @param leaseMillis how long after its last heartbeat, in log time, a worker is dead
 * @param leaseCheckMillis how often leases are checked
 * @param orphanMillis how long requests wait for an instance that has never been heard of
 * @param forgetMillis how long after its death, in log time, an instance is remembered
 * @param dispatchesPerWakeup most dispatches decided at one event; the rest follow a tick later, so
 *     that checkpoints get through
 * @param tickMillis wake-ups are rounded up to multiples of this
 */
public record LaneSettings(
        LanePolicies policies,
        int maxPasses,
        long leaseMillis,
        long leaseCheckMillis,
        long orphanMillis,
        long forgetMillis,
        int dispatchesPerWakeup,
        long tickMillis) {

    /** Default of {@link #maxPasses}. */
    public static final int DEFAULT_MAX_PASSES = 16;

    /** Rejects policies that do not go together, and counts and times that are not positive. */
    public LaneSettings {
        policies.requireSense();
        if (maxPasses < 0
                || leaseMillis < 1
                || leaseCheckMillis < 1
                || orphanMillis < 1
                || forgetMillis < 1
                || dispatchesPerWakeup < 1
                || tickMillis < 1) {
            throw new IllegalArgumentException(
                    "lane settings must be positive: passes %d, lease %d ms, check %d ms, orphan %d ms, forget %d ms, %d dispatches, tick %d ms"
                            .formatted(
                                    maxPasses,
                                    leaseMillis,
                                    leaseCheckMillis,
                                    orphanMillis,
                                    forgetMillis,
                                    dispatchesPerWakeup,
                                    tickMillis));
        }
    }

    /** Defaults for everything but the two policies. */
    public static LaneSettings of(OrderingPolicy ordering, AdmissionPolicy admission) {
        return new LaneSettings(
                LanePolicies.of(ordering, admission),
                DEFAULT_MAX_PASSES,
                5_000,
                1_000,
                30_000,
                3_600_000,
                256,
                10);
    }

    /** The same under other policies. */
    public LaneSettings with(LanePolicies other) {
        return new LaneSettings(
                other,
                maxPasses,
                leaseMillis,
                leaseCheckMillis,
                orphanMillis,
                forgetMillis,
                dispatchesPerWakeup,
                tickMillis);
    }

    /** A time rounded up to a tick; {@link PendingRequest#NEVER} stays what it is. */
    long roundUp(long millis) {
        return millis > PendingRequest.NEVER - tickMillis
                ? PendingRequest.NEVER
                : Math.floorDiv(millis + tickMillis - 1, tickMillis) * tickMillis;
    }

    /** Who goes first. */
    public OrderingPolicy ordering() {
        return policies.ordering();
    }

    /** Who is let in. */
    public AdmissionPolicy admission() {
        return policies.admission();
    }
}
