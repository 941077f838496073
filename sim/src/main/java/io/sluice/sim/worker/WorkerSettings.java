package io.sluice.sim.worker;

/**
 * How a worker behaves.
 *
 * @param heartbeatMillis time between heartbeats
 * @param leaseMillis how long after its last heartbeat, in log time, the job declares it dead
 * @param ledgerMillis how long terminal reports are kept for repeated commands; at least the job's
 *     dedup window
 */
public record WorkerSettings(long heartbeatMillis, long leaseMillis, long ledgerMillis) {

    /** The documented defaults. */
    public static final WorkerSettings DEFAULTS = new WorkerSettings(1_000, 5_000, 7_200_000);

    private static final double OWN_SHARE_OF_LEASE = 0.6;

    /** Rejects a lease that a single heartbeat can hardly hold. */
    public WorkerSettings {
        if (heartbeatMillis < 1 || ledgerMillis < 1 || leaseMillis < 2 * heartbeatMillis) {
            throw new IllegalArgumentException(
                    "a worker needs a lease of at least two heartbeats, got lease %d ms, heartbeat %d ms, ledger %d ms"
                            .formatted(leaseMillis, heartbeatMillis, ledgerMillis));
        }
    }

    /**
     * How long after sending its last acknowledged heartbeat a worker stops by itself: well before
     * the job may declare it dead, by whichever clock.
     */
    public long fenceMillis() {
        return (long) (leaseMillis * OWN_SHARE_OF_LEASE);
    }

    /** How long a report may be under way: what is left of the lease after {@link #fenceMillis}. */
    public long publishMillis() {
        return leaseMillis - fenceMillis();
    }
}
