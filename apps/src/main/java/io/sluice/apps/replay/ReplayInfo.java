package io.sluice.apps.replay;

import io.sluice.apps.trace.TraceStats;
import io.sluice.apps.trace.workload.Workload;

/**
 * What was replayed, for summaries and reports.
 *
 * @param workload the trace, its arrivals and shape
 * @param settings how it was sent
 */
record ReplayInfo(Workload workload, ReplaySettings settings) {

    TraceStats rows() {
        return workload.stats();
    }

    double speedup() {
        return workload.spec().shaping().speedup();
    }

    long seed() {
        return workload.spec().shaping().seed();
    }
}
