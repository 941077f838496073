package io.sluice.sim.protocol;

import io.sluice.core.model.WorkerReport;

/** A record of the worker-events topic. */
sealed interface WorkerRecord {

    /** The job's own record, which moves the time of a log on that its workers left silent. */
    record Tick(long epoch) implements WorkerRecord {}

    /** A worker's. */
    record Report(WorkerReport report) implements WorkerRecord {}
}
