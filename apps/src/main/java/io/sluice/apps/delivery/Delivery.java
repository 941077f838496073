package io.sluice.apps.delivery;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Duration;

/** What became of a message. */
public sealed interface Delivery {

    /**
     * The receiver has taken it.
     *
     * @param answer the body of its answer
     */
    record Taken(ByteBuffer answer) implements Delivery {}

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
