package io.sluice.apps.trace;

import java.util.List;

/**
 * One request of a trace, as recorded: before a replay decides when to send it and how urgent it
 * is.
 *
 * @param sequence position among the accepted requests of the source, from 0 without gaps
 * @param arrivalNanos nanoseconds after the first accepted request, never smaller than the one
 *     before; {@link #NO_ARRIVAL} where the source records no times
 * @param tokens prompt and output lengths
 * @param caller who sent it, as far as the source says
 * @param prefix hashes of the prompt's blocks, for prefix caches; {@link PrefixBlocks#NONE} where
 *     unknown
 * @param waitFor sequences of earlier requests that this one continues or depends on
 * @param messages the prompt as chat messages; empty where the source holds lengths only
 * @param sourceLine where it came from, from 1: the line of a CSV or JSON-lines file, the element
 *     of a JSON array, the row of a Parquet file; 0 for a generated request
 */
public record TraceRequest(
        long sequence,
        long arrivalNanos,
        TokenCounts tokens,
        Caller caller,
        PrefixBlocks prefix,
        List<Long> waitFor,
        List<Message> messages,
        long sourceLine) {

    /** {@link #arrivalNanos()} of a request whose source records no arrival times. */
    public static final long NO_ARRIVAL = -1;

    public TraceRequest {
        waitFor = List.copyOf(waitFor);
        messages = List.copyOf(messages);
        if (sequence < 0 || arrivalNanos < NO_ARRIVAL) {
            throw new IllegalArgumentException(
                    "negative sequence or arrival: " + sequence + ", " + arrivalNanos);
        }
    }

    /** Whether the source recorded when this request arrived. */
    public boolean hasArrival() {
        return arrivalNanos != NO_ARRIVAL;
    }
}
