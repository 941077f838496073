package io.sluice.sim.sequential;

import io.sluice.sim.workload.SimulatedRequest;

import java.util.List;

/** A way to run requests one at a time. */
public interface SequentialScheduler {

    /** What it is called on a command line and in a report. */
    String name();

    /**
     * Runs all requests to their end.
     *
     * @param requests in order of arrival
     */
    SequentialResult run(List<SimulatedRequest> requests);
}
