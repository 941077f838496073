package io.sluice.core.latency;

import java.io.Serializable;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Bounds how many values of one label get a series of their own; the rest go to {@link #OTHER}.
 *
 * <p>A value takes a place when it is first seen and one is free, and keeps it until it has not
 * been seen for the time to live; then another may take it. Values are spread by their hash over
 * buckets, each with its share of the places and with nothing in common with the others, so that
 * buckets can be held on different machines and together never exceed the limit. The price: a
 * bucket may be full while others have room, so with many places values are turned away from about
 * four fifths of the limit. With few places there is one bucket and the limit is exact.
 *
 * <p>Decisions depend on what was seen before, in its order, and on nothing else.
 *
 * @param maxSeries values that get a series of their own, {@link #OTHER} not counted
 * @param ttlMillis how long a value keeps its place unseen; it may be a tenth longer
 */
public record SeriesCap(int maxSeries, long ttlMillis) implements Serializable {

    /** The value that the rest is counted under. Who is really called that needs no place. */
    public static final String OTHER = "other";

    private static final int MOST_BUCKETS = 16;

    /** Below this many places a bucket would be full too soon. */
    private static final int LEAST_PLACES = 32;

    /** How finely times are kept: a tenth of the time to live. */
    private static final long GRANULES = 10;

    /** The golden ratio in 32 bits, as in multiplicative hashing (Knuth, volume 3, section 6.4). */
    private static final int SPREAD = 0x9E3779B9;

    /** Rejects a limit or a time that is not positive. */
    public SeriesCap {
        if (maxSeries < 1 || ttlMillis < 1) {
            throw new IllegalArgumentException(
                    "Not a bound of series: %d values, each for %d ms"
                            .formatted(maxSeries, ttlMillis));
        }
    }

    /** The places of one bucket that are taken. Held by whoever keeps state. */
    public interface Places {

        /** When a value was last noted, in milliseconds; empty if it has no place. */
        OptionalLong lastSeen(String value);

        /** How many are taken. */
        int taken();

        /** Gives a value a place, or notes that it was seen. */
        void put(String value, long seenMillis);

        /** Takes the place of a value away. */
        void remove(String value);

        /** A copy of all: values, and when each was last noted. */
        Map<String, Long> all();
    }

    /** The bucket of a value, from 0. */
    public int bucketOf(String value) {
        return Integer.remainderUnsigned((value.hashCode() * SPREAD) >>> 8, buckets());
    }

    /**
     * Sees a value: whether it has a series of its own.
     *
     * @param value a value of the bucket that the places are of
     * @param timeMillis when it was seen
     */
    public boolean admits(String value, long timeMillis, Places places) {
        if (value.equals(OTHER)) {
            return true;
        }
        OptionalLong before = places.lastSeen(value);
        int capacity = capacityOf(bucketOf(value));
        if (before.isEmpty()) {
            if (places.taken() >= capacity) {
                return false;
            }
            places.put(value, timeMillis);
            return true;
        }
        if (timeMillis - before.getAsLong() < granuleMillis()) {
            return true;
        }
        // The rare case in which something is written is also where a lowered limit takes effect.
        if (places.taken() > capacity) {
            places.remove(value);
            return false;
        }
        places.put(value, timeMillis);
        return true;
    }

    /**
     * Frees the places of values that have not been seen for the time to live.
     *
     * @return when to do so next; empty if no place is taken
     */
    public OptionalLong expire(long nowMillis, Places places) {
        long next = Long.MAX_VALUE;
        for (Map.Entry<String, Long> place : places.all().entrySet()) {
            long expiry = expiryOf(place.getValue());
            if (expiry <= nowMillis) {
                places.remove(place.getKey());
            } else {
                next = Math.min(next, expiry);
            }
        }
        return next == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(next);
    }

    /**
     * When a value that is not seen again loses its place: rounded up, so that the values of a
     * bucket need few timers.
     */
    public long expiryOf(long seenMillis) {
        long granule = granuleMillis();
        // Seen may lag behind by almost a granule.
        long least = seenMillis + ttlMillis + granule;
        return Math.floorDiv(least + granule - 1, granule) * granule;
    }

    /** Number of buckets. */
    public int buckets() {
        return Math.max(1, Math.min(MOST_BUCKETS, maxSeries / LEAST_PLACES));
    }

    /** Places of a bucket. */
    int capacityOf(int bucket) {
        return maxSeries / buckets() + (bucket < maxSeries % buckets() ? 1 : 0);
    }

    private long granuleMillis() {
        return Math.max(1, ttlMillis / GRANULES);
    }
}
