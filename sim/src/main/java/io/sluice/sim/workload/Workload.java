package io.sluice.sim.workload;

import java.util.Iterator;

/** A stream of requests to simulate. */
public interface Workload {

    /** What it is called on a command line and in a report. */
    String name();

    /**
     * The requests in order of arrival, indices from 0 on. The same seed gives the same stream; a
     * process that can is drawn as it is read, so that its length costs no memory.
     */
    Iterator<SimulatedRequest> requests(long seed);
}
