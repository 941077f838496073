package io.sluice.jobs.flow;

import io.sluice.jobs.state.LogPosition;

import org.jspecify.annotations.Nullable;

/**
 * One record of the workers' log: a worker's report, or a tick of the job.
 *
 * @param position where it lies
 * @param report the report, or null
 * @param tick the tick, or null
 */
public record WorkerLogRecord(
        LogPosition position, @Nullable WorkerReportMessage report, @Nullable Tick tick) {}
