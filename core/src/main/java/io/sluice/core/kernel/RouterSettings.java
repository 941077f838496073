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
 * @param listedCandidates how many instances that could have taken a request are told with the
 *     choice; 0 if nobody wants to know
 */
public record RouterSettings(
        int maxAttempts,
        long noEndpointMillis,
        long dedupWindowMillis,
        long fleetSettleMillis,
        long shortestHoldMillis,
        int listedCandidates) {

    /** The documented defaults. */
    public static final RouterSettings DEFAULTS =
            new RouterSettings(3, 30_000, 3_600_000, 2_000, 20);

    private static final long LONGEST_HOLD_MILLIS = 1_000;

    /** A router that tells no candidates. */
    public RouterSettings(
            int maxAttempts,
            long noEndpointMillis,
            long dedupWindowMillis,
            long fleetSettleMillis,
            long shortestHoldMillis) {
        this(
                maxAttempts,
                noEndpointMillis,
                dedupWindowMillis,
                fleetSettleMillis,
                shortestHoldMillis,
                0);
    }

    /** Rejects counts and times that are not positive. */
    public RouterSettings {
        if (maxAttempts < 1
                || noEndpointMillis < 1
                || dedupWindowMillis < 1
                || fleetSettleMillis < 0
                || shortestHoldMillis < 1
                || listedCandidates < 0) {
            throw new IllegalArgumentException(
                    "router settings must be positive: %d attempts, no-endpoint %d ms, dedup %d ms, settle %d ms, hold %d ms, %d candidates"
                            .formatted(
                                    maxAttempts,
                                    noEndpointMillis,
                                    dedupWindowMillis,
                                    fleetSettleMillis,
                                    shortestHoldMillis,
                                    listedCandidates));
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
