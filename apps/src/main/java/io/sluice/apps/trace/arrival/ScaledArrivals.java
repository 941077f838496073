package io.sluice.apps.trace.arrival;

import io.sluice.apps.trace.TraceRequest;

import java.util.Iterator;

/**
 * Another process with all its gaps multiplied.
 *
 * @param inner gives the times
 * @param factor what offsets are multiplied by
 * @param words what that means, for the report
 */
record ScaledArrivals(ArrivalProcess inner, double factor, String words) implements ArrivalProcess {

    @Override
    public Iterator<TimedRequest> schedule(Iterator<TraceRequest> requests) {
        Iterator<TimedRequest> timed = inner.schedule(requests);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return timed.hasNext();
            }

            @Override
            public TimedRequest next() {
                TimedRequest next = timed.next();
                return new TimedRequest((long) (next.offsetNanos() * factor), next.request());
            }
        };
    }

    @Override
    public String description() {
        return inner.description() + ", " + words;
    }
}
