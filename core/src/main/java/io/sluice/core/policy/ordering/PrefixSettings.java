package io.sluice.core.policy.ordering;

/**
 * How an order by shared prefix chooses.
 *
 * @param period k: every k-th request sent is the oldest; {@link #NEVER} for none
 * @param randomTies whether, when nothing waits that would reuse anything, the next is drawn at
 *     random rather than the oldest
 * @param seed of that draw
 * @param cacheTokens what an instance is taken to have cached: so many tokens; 0 for the last
 *     prompt only, {@link #OF_INSTANCE} for its KV memory
 * @param maxOvertakeMillis nothing that was submitted so much later than the oldest goes before it;
 *     may be infinite
 */
public record PrefixSettings(
        long period, boolean randomTies, long seed, long cacheTokens, double maxOvertakeMillis) {

    /** No request is sent for its age. */
    public static final long NEVER = Long.MAX_VALUE;

    /** As much as the instance says that it holds. */
    public static final long OF_INSTANCE = Long.MAX_VALUE;

    /** Rejects a period of 0, and times and sizes below it. */
    public PrefixSettings {
        if (period < 1 || cacheTokens < 0 || !(maxOvertakeMillis > 0)) {
            throw new IllegalArgumentException(
                    "k must be at least 1, the cache 0 or more tokens and max-overtake positive, got %d, %d and %s ms"
                            .formatted(period, cacheTokens, maxOvertakeMillis));
        }
    }
}
