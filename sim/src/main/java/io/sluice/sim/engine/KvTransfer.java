package io.sluice.sim.engine;

/**
 * How long keys and values take between a GPU and its host. Steps wait for it.
 *
 * @param savePicos picoseconds to save one token
 * @param loadPicos picoseconds to load one token
 */
public record KvTransfer(long savePicos, long loadPicos) {

    private static final double MAX_SECONDS = 1;

    /** Refuses negative times. */
    public KvTransfer {
        if (savePicos < 0 || loadPicos < 0) {
            throw new IllegalArgumentException(
                    "KV transfer: times must not be negative, are %d ps to save and %d ps to load"
                            .formatted(savePicos, loadPicos));
        }
    }

    /** A transfer that takes as long in both directions, in seconds for each token. */
    public static KvTransfer ofSeconds(double seconds) {
        long picos = Picos.ofSeconds("KV transfer", seconds, MAX_SECONDS);
        return new KvTransfer(picos, picos);
    }
}
