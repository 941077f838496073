package io.sluice.apps.trace.arrival;

import io.sluice.apps.trace.TraceRequest;

/**
 * A request and when to send it.
 *
 * @param offsetNanos nanoseconds after the start of the replay, never smaller than the one before
 * @param request what to send
 */
public record TimedRequest(long offsetNanos, TraceRequest request) {

    public TimedRequest {
        if (offsetNanos < 0) {
            throw new IllegalArgumentException("negative offset " + offsetNanos);
        }
    }
}
