package io.sluice.core.model;

import java.util.List;

/**
 * A fact that a worker has written to its log. Facts of one incarnation are numbered and arrive in
 * order.
 */
public sealed interface WorkerReport {

    /** Who wrote it, and where in the log. */
    ReportOrigin origin();

    /** A new incarnation presents itself, holding nothing. */
    record Registered(ReportOrigin origin, InstanceCapacity capacity) implements WorkerReport {}

    /**
     * Sign of life.
     *
     * @param accepted everything accepted and not reported terminal
     * @param syncSeq number of the {@code sync} command that it answers, 0 for none: every command
     *     before that one has been taken in
     * @param draining whether the worker takes no more work
     */
    record Heartbeat(
            ReportOrigin origin,
            InstanceCapacity capacity,
            List<AcceptedRun> accepted,
            long syncSeq,
            boolean draining)
            implements WorkerReport {

        /** Copies the list. */
        public Heartbeat {
            accepted = List.copyOf(accepted);
        }
    }

    /** The worker takes no more work, or takes work again. */
    record Draining(ReportOrigin origin, boolean draining) implements WorkerReport {}

    /** A report about one run. */
    sealed interface OfRun extends WorkerReport {
        /** The run. */
        RunId run();
    }

    /** The run was taken in; it counts against the worker from here on. */
    record Accepted(ReportOrigin origin, RunId run) implements OfRun {}

    /** The run made progress: a first token, or some more. */
    record Progressed(ReportOrigin origin, RunId run) implements OfRun {}

    /** The run reached its last token. */
    record Completed(ReportOrigin origin, RunId run, RequestFacts facts, RunMeasures measures)
            implements OfRun {}

    /** The run failed; {@code retriable} says whether another attempt may succeed. */
    record Failed(ReportOrigin origin, RunId run, boolean retriable, String code, String message)
            implements OfRun {}

    /** The run was stopped by a cancel command. */
    record Cancelled(ReportOrigin origin, RunId run) implements OfRun {}

    /** The command was not taken in. */
    record Refused(ReportOrigin origin, RunId run, String code, String message) implements OfRun {}

    /** The run was accepted, not finished, and will not be. */
    record GivenBack(ReportOrigin origin, RunId run) implements OfRun {}

    /** The run was interrupted by a preempt command, and can be taken up again. */
    record Preempted(ReportOrigin origin, RunId run, Progress progress) implements OfRun {}

    /**
     * Origin of a report.
     *
     * @param instanceId instance
     * @param incarnation life of the worker process; grows with each start
     * @param seq number of the report within the incarnation, from 1 without gaps
     * @param epoch highest job epoch that the worker has seen
     * @param logMillis the broker's append time of the record
     */
    record ReportOrigin(
            String instanceId, long incarnation, long seq, long epoch, long logMillis) {}
}
