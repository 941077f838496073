package io.sluice.sim.worker;

import io.sluice.core.model.WorkerReport;

/**
 * The worker's partition of the event log. It writes in order, whatever happens: after a send that
 * failed nothing later goes out before it has been repeated. The log time in the origin of a report
 * is 0; readers take it from the record.
 */
public interface WorkerLog {

    /**
     * An incarnation begins: reports of earlier ones that are still under way are given up, or at
     * least not repeated.
     */
    void open(long incarnation);

    /**
     * Appends a report. The writer calls {@link WorkerProtocol#acknowledged} when the broker has
     * it. A report that the broker has not taken within the rest of the lease, {@link
     * WorkerSettings#publishMillis()}, must not be sent any more.
     */
    void append(WorkerReport report);
}
