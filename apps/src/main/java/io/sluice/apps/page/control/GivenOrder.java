package io.sluice.apps.page.control;

import org.jspecify.annotations.Nullable;

/**
 * An order, and what became of it; its JSON is what the browser gets.
 *
 * @param id tells it from the others of this server
 * @param what what was ordered, in words
 * @param by the address it came from
 * @param reason why; null if that was not said
 * @param writtenMillis when the broker had it, by the clock of this machine
 * @param place where it stands in the control topic, as topic-partition-offset
 * @param state what became of it
 * @param stateMillis when that was seen; 0 while nothing was
 * @param detail what was seen, in words; empty while nothing was
 */
public record GivenOrder(
        long id,
        String what,
        String by,
        @Nullable String reason,
        long writtenMillis,
        String place,
        State state,
        long stateMillis,
        String detail) {

    /** What became of an order. */
    public enum State {
        /** Nothing was seen of it yet. */
        WRITTEN,
        /** It took effect. */
        IN_EFFECT,
        /** The job put it with the dead letters. */
        REFUSED
    }

    GivenOrder then(State next, long atMillis, String why) {
        return new GivenOrder(id, what, by, reason, writtenMillis, place, next, atMillis, why);
    }
}
