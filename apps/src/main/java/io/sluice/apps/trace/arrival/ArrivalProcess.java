package io.sluice.apps.trace.arrival;

import io.sluice.apps.trace.TraceRequest;

import java.util.Iterator;

/**
 * Gives each request of a stream its time. The same process gives the same stream the same times.
 */
public interface ArrivalProcess {

    /** The requests in their order, each with an offset that never decreases; lazy. */
    Iterator<TimedRequest> schedule(Iterator<TraceRequest> requests);

    /** What it does, in words for a report, with the seed where it draws. */
    String description();
}
