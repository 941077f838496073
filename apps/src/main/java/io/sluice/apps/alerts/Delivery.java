package io.sluice.apps.alerts;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** What became of a message. */
sealed interface Delivery {

    /** The receiver has taken it. */
    record Taken() implements Delivery {}

    /**
     * It may be taken later.
     *
     * @param reason why not now, for people
     * @param atLeast how long the receiver asks to be left alone, or null if it does not say
     */
    record Later(String reason, @Nullable Duration atLeast) implements Delivery {}

    /**
     * It will never be taken as it is.
     *
     * @param reason why, for people
     */
    record Refused(String reason) implements Delivery {}
}
