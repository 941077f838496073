package io.sluice.apps.trace;

import java.util.Iterator;

/**
 * A stream of requests, read once from start to end by one thread. Whoever opens it closes it.
 *
 * <p>{@link #hasNext()} throws {@link TraceException} when the source breaks or holds no usable
 * request.
 */
public interface RequestSource extends Iterator<TraceRequest>, AutoCloseable {

    /** Whether the source records arrival times. */
    boolean hasArrivals();

    /** One line for a report: what the source is and, where it draws, the seed. */
    String description();

    /** Account of what was read so far; final once {@link #hasNext()} returned false. */
    TraceStats stats();

    @Override
    void close();
}
