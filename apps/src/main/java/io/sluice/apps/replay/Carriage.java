package io.sluice.apps.replay;

import io.sluice.schemas.avro.PayloadRef;

import java.util.concurrent.CompletableFuture;

/** How the prompt of a request travels. */
sealed interface Carriage {

    /** In the request itself; no bytes where there is no text. */
    // Never compared nor kept: handed from the reader of the trace to the sender, once.
    @SuppressWarnings("ArrayRecordComponent")
    record Inline(byte[] prompt) implements Carriage {}

    /** Ahead of it, to the payload topic; done when the broker has it or never will. */
    record Apart(CompletableFuture<PayloadRef> ref) implements Carriage {}

    /** Not at all. */
    record TooLarge(String reason) implements Carriage {}

    /** Whether the request can be sent, or given up, now. */
    default boolean isReady() {
        return !(this instanceof Apart apart) || apart.ref().isDone();
    }
}
