package io.sluice.apps.page.live;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What happened in each of the last slots of time. A slot that is older than the ring is long is
 * gone.
 *
 * @param <T> what is kept of a slot
 */
final class SlotRing<T> {

    /** Length of a slot, milliseconds. */
    static final long STEP_MILLIS = 5_000;

    /** Slots kept: a quarter of an hour. */
    static final int SLOTS = 180;

    private final Supplier<T> empty;
    private final List<@Nullable T> slots = new ArrayList<>();
    private final long[] numbers = new long[SLOTS];

    SlotRing(Supplier<T> empty) {
        this.empty = empty;
        for (int i = 0; i < SLOTS; i++) {
            slots.add(null);
        }
    }

    /** The slot of a time; null if a newer one has taken its place. */
    @Nullable T at(long millis) {
        long number = number(millis);
        int place = (int) Math.floorMod(number, (long) SLOTS);
        T kept = slots.get(place);
        if (kept != null && numbers[place] == number) {
            return kept;
        }
        if (kept != null && numbers[place] > number) {
            return null;
        }
        T fresh = empty.get();
        slots.set(place, fresh);
        numbers[place] = number;
        return fresh;
    }

    /** The slots up to the one of this time, oldest first; null where nothing happened. */
    List<@Nullable T> until(long millis) {
        List<@Nullable T> ordered = new ArrayList<>(SLOTS);
        for (long number = number(startMillis(millis)); number <= number(millis); number++) {
            int place = (int) Math.floorMod(number, (long) SLOTS);
            ordered.add(numbers[place] == number ? slots.get(place) : null);
        }
        return ordered;
    }

    /** When the first slot begins of those up to this time, milliseconds since the epoch. */
    static long startMillis(long millis) {
        return (number(millis) - SLOTS + 1) * STEP_MILLIS;
    }

    private static long number(long millis) {
        return Math.floorDiv(millis, STEP_MILLIS);
    }
}
