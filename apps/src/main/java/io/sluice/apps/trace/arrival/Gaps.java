package io.sluice.apps.trace.arrival;

import io.sluice.apps.trace.TraceRequest;

import java.util.Iterator;
import java.util.function.DoubleSupplier;

/** Requests at the running sum of a stream of gaps. */
final class Gaps {

    private static final double NANOS_PER_SECOND = 1e9;

    private Gaps() {}

    /** Each request one gap, in seconds, after the one before; the first after the first gap. */
    static Iterator<TimedRequest> accumulate(
            Iterator<TraceRequest> requests, DoubleSupplier gapSeconds) {
        return new Iterator<>() {
            private double seconds;

            @Override
            public boolean hasNext() {
                return requests.hasNext();
            }

            @Override
            public TimedRequest next() {
                TraceRequest request = requests.next();
                seconds += gapSeconds.getAsDouble();
                return new TimedRequest((long) (seconds * NANOS_PER_SECOND), request);
            }
        };
    }
}
