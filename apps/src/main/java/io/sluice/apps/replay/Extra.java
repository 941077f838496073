package io.sluice.apps.replay;

import io.sluice.apps.trace.shape.ShapedRequest;

/**
 * What is sent beside the requests of the trace.
 *
 * @param kind duplicate or cancel
 * @param request the request concerned
 * @param dueNanos when, by the monotonic clock
 * @param value the record of the request, sent again by a duplicate
 */
// Compared by its time alone; the bytes are sent once and forgotten.
@SuppressWarnings("ArrayRecordComponent")
record Extra(SendKind kind, ShapedRequest request, long dueNanos, byte[] value)
        implements Comparable<Extra> {

    @Override
    public int compareTo(Extra other) {
        return Long.compare(dueNanos, other.dueNanos);
    }
}
