package io.sluice.apps.trace.arrival;

import io.sluice.apps.trace.TraceException;
import io.sluice.apps.trace.TraceRequest;

import java.util.Iterator;

/** The times that the trace recorded. */
record RecordedArrivals() implements ArrivalProcess {

    @Override
    public Iterator<TimedRequest> schedule(Iterator<TraceRequest> requests) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return requests.hasNext();
            }

            @Override
            public TimedRequest next() {
                return recorded(requests.next());
            }
        };
    }

    /** A request at its recorded time. */
    static TimedRequest recorded(TraceRequest request) {
        if (!request.hasArrival()) {
            throw new TraceException(
                    "the trace records no arrival times; choose one of " + ArrivalSpec.CHOICES);
        }
        return new TimedRequest(request.arrivalNanos(), request);
    }

    @Override
    public String description() {
        return "arrival times as recorded";
    }
}
