package io.sluice.jobs.scheduling;

import io.sluice.core.model.Release;
import io.sluice.jobs.flow.ControlMessage;
import io.sluice.jobs.flow.EndNotice;
import io.sluice.jobs.flow.Submission;
import io.sluice.jobs.flow.WorkerLogRecord;
import io.sluice.jobs.io.Decoded;

import org.apache.flink.api.connector.source.Source;

/**
 * Everything the scheduler job reads.
 *
 * @param requests requests
 * @param control cancels, changes of priority, drains
 * @param handBacks what lanes have released, come back through the log
 * @param workerEvents the workers' log, in order within a partition
 * @param ends ends of requests, from the outcomes that are committed
 * @param epochs the number of this job attempt
 */
public record SchedulerSources(
        Source<Decoded<Submission>, ?, ?> requests,
        Source<Decoded<ControlMessage>, ?, ?> control,
        Source<Decoded<Release>, ?, ?> handBacks,
        Source<Decoded<WorkerLogRecord>, ?, ?> workerEvents,
        Source<Decoded<EndNotice>, ?, ?> ends,
        Source<Long, ?, ?> epochs) {}
