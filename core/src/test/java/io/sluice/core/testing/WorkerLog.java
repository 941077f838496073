package io.sluice.core.testing;

import io.sluice.core.model.AcceptedRun;
import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.Progress;
import io.sluice.core.model.RequestFacts;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.RequestTags;
import io.sluice.core.model.RunId;
import io.sluice.core.model.RunMeasures;
import io.sluice.core.model.SloTarget;
import io.sluice.core.model.WorkerReport;
import io.sluice.core.model.WorkerReport.ReportOrigin;

import java.util.Collection;
import java.util.List;

/** Numbers the reports of one incarnation of a worker, as its producer would. */
public final class WorkerLog {

    private final String instanceId;
    private final long incarnation;
    private long seq;
    private long epoch;
    private long logMillis;

    /** Starts the log of an incarnation that has seen no epoch yet. */
    public WorkerLog(String instanceId, long incarnation) {
        this.instanceId = instanceId;
        this.incarnation = incarnation;
    }

    /** Sets the broker's time of what follows. */
    public WorkerLog at(long millis) {
        logMillis = millis;
        return this;
    }

    /** Sets the job epoch that the worker has seen. */
    public WorkerLog epoch(long seen) {
        epoch = seen;
        return this;
    }

    /** Loses a number, as a report that never arrived does. */
    public WorkerLog skip() {
        seq++;
        return this;
    }

    /** Number of the latest report. */
    public long seq() {
        return seq;
    }

    private ReportOrigin next() {
        return new ReportOrigin(instanceId, incarnation, ++seq, epoch, logMillis);
    }

    /** The incarnation presents itself. */
    public WorkerReport.Registered registered(InstanceCapacity capacity) {
        return new WorkerReport.Registered(next(), capacity);
    }

    /** A sign of life of a worker that takes work. */
    public WorkerReport.Heartbeat heartbeat(
            InstanceCapacity capacity, long syncSeq, AcceptedRun... accepted) {
        return heartbeat(capacity, syncSeq, false, List.of(accepted));
    }

    /** A sign of life. */
    public WorkerReport.Heartbeat heartbeat(
            InstanceCapacity capacity,
            long syncSeq,
            boolean draining,
            Collection<AcceptedRun> accepted) {
        return new WorkerReport.Heartbeat(
                next(), capacity, List.copyOf(accepted), syncSeq, draining);
    }

    /** The worker stops or begins to take work. */
    public WorkerReport.Draining draining(boolean draining) {
        return new WorkerReport.Draining(next(), draining);
    }

    /** The run was taken in. */
    public WorkerReport.Accepted accepted(RunId run) {
        return new WorkerReport.Accepted(next(), run);
    }

    /** The run reached its last token. */
    public WorkerReport.Completed completed(RunId run) {
        RequestFacts facts =
                new RequestFacts(
                        "llama", 0, RequestTags.NONE, 0, 0, 0, SloTarget.NONE, 10, 0, "fcfs");
        return new WorkerReport.Completed(
                next(), run, facts, new RunMeasures(1, 2, 3, 4, 10, 10, 0, "stop"));
    }

    /** The run failed. */
    public WorkerReport.Failed failed(RunId run, boolean retriable) {
        return new WorkerReport.Failed(next(), run, retriable, "oom", "out of memory");
    }

    /** The run was stopped on command. */
    public WorkerReport.Cancelled cancelled(RunId run) {
        return new WorkerReport.Cancelled(next(), run);
    }

    /** The command was not taken. */
    public WorkerReport.Refused refused(RunId run) {
        return new WorkerReport.Refused(next(), run, "busy", "no room");
    }

    /** The run was accepted and will not be finished. */
    public WorkerReport.GivenBack givenBack(RunId run) {
        return new WorkerReport.GivenBack(next(), run);
    }

    /** The run was interrupted on command. */
    public WorkerReport.Preempted preempted(RunId run, Progress progress) {
        return new WorkerReport.Preempted(next(), run, progress);
    }

    /** A run as reports name it. */
    public static RunId run(RequestKey key, int attempt, long commandEpoch) {
        return new RunId(key, attempt, commandEpoch);
    }
}
