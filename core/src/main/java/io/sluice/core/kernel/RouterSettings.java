package io.sluice.core.kernel;

import io.sluice.core.model.PendingRequest;

/**
 * How the router behaves.
 *
 * @param maxAttempts attempts that may fail before the request does
 * @param noEndpointMillis how long a request waits for an instance that would take it
 * @param dedupWindowMillis how long closed ids are remembered
 * @param fleetSettleMillis how long after the last join the fleet counts as still gathering, so
 *     that a request that fits no instance yet is not turned away
 * @param shortestHoldMillis first interval at which a held request is looked at again; it doubles
 *     up to one second
 */
public record RouterSettings(
        int maxAttempts,
        long noEndpointMillis,
        long dedupWindowMillis,
        long fleetSettleMillis,
        long shortestHoldMillis) {

    /** The documented defaults. */
    public static final RouterSettings DEFAULTS =
            new RouterSettings(3, 30_000, 3_600_000, 2_000, 20);

    private static final long LONGEST_HOLD_MILLIS = 1_000;

    /** Rejects counts and times that are not positive. */
    public RouterSettings {
        if (maxAttempts < 1
                || noEndpointMillis < 1
                || dedupWindowMillis < 1
                || fleetSettleMillis < 0
                || shortestHoldMillis < 1) {
            throw new IllegalArgumentException(
                    "router settings must be positive: %d attempts, no-endpoint %d ms, dedup %d ms, settle %d ms, hold %d ms"
                            .formatted(
                                    maxAttempts,
                                    noEndpointMillis,
                                    dedupWindowMillis,
                                    fleetSettleMillis,
                                    shortestHoldMillis));
        }
    }

    /**
     * When to look at a held request again: soon at first, then more seldom, and when it expires.
     *
     * @param since since when it is held for want of an instance, or 0
     */
    long lookAgainAt(PendingRequest request, long since, long now) {
        long waited = since == 0 ? 0 : now - since;
        long again = now + Math.min(LONGEST_HOLD_MILLIS, Math.max(shortestHoldMillis, waited));
        long expiry = request.expiresAtMillis();
        return expiry > now ? Math.min(again, expiry) : again;
    }
}
