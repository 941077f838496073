package io.sluice.jobs.flow;

import io.sluice.core.model.AcceptedRun;
import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.RequestFacts;
import io.sluice.core.model.RunId;
import io.sluice.core.model.RunMeasures;
import io.sluice.core.model.WorkerReport;
import io.sluice.core.model.WorkerReport.ReportOrigin;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;

/**
 * A worker's report between operators: the sealed {@link WorkerReport} laid flat, because Flink
 * serialises records field by field and knows no sealed types. Fields that a kind does not have are
 * null, zero or false.
 */
public record WorkerReportMessage(
        Kind kind,
        ReportOrigin origin,
        @Nullable InstanceCapacity capacity,
        List<AcceptedRun> accepted,
        long syncSeq,
        boolean flag,
        @Nullable RunId run,
        @Nullable String code,
        @Nullable String message,
        @Nullable RequestFacts facts,
        @Nullable RunMeasures measures) {

    /** Which report. */
    public enum Kind {
        /** {@link WorkerReport.Registered}. */
        REGISTERED,
        /** {@link WorkerReport.Heartbeat}; the flag says whether it drains. */
        HEARTBEAT,
        /** {@link WorkerReport.Draining}; the flag says whether it drains. */
        DRAINING,
        /** {@link WorkerReport.Accepted}. */
        ACCEPTED,
        /** {@link WorkerReport.Progressed}. */
        PROGRESSED,
        /** {@link WorkerReport.Completed}. */
        COMPLETED,
        /** {@link WorkerReport.Failed}; the flag says whether it is retriable. */
        FAILED,
        /** {@link WorkerReport.Cancelled}. */
        CANCELLED,
        /** {@link WorkerReport.Refused}. */
        REFUSED,
        /** {@link WorkerReport.GivenBack}. */
        GIVEN_BACK
    }

    /** A registration. */
    public static WorkerReportMessage registered(ReportOrigin origin, InstanceCapacity capacity) {
        return new WorkerReportMessage(
                Kind.REGISTERED,
                origin,
                capacity,
                List.of(),
                0,
                false,
                null,
                null,
                null,
                null,
                null);
    }

    /** A heartbeat; {@code syncSeq} 0 if it answers no sync. */
    public static WorkerReportMessage heartbeat(
            ReportOrigin origin,
            InstanceCapacity capacity,
            List<AcceptedRun> accepted,
            long syncSeq,
            boolean draining) {
        return new WorkerReportMessage(
                Kind.HEARTBEAT,
                origin,
                capacity,
                accepted,
                syncSeq,
                draining,
                null,
                null,
                null,
                null,
                null);
    }

    /** A drain notice. */
    public static WorkerReportMessage draining(ReportOrigin origin, boolean draining) {
        return new WorkerReportMessage(
                Kind.DRAINING, origin, null, List.of(), 0, draining, null, null, null, null, null);
    }

    /** A report of a run that carries nothing but the run. */
    public static WorkerReportMessage ofRun(Kind kind, ReportOrigin origin, RunId run) {
        return new WorkerReportMessage(
                kind, origin, null, List.of(), 0, false, run, null, null, null, null);
    }

    /** A failure or refusal. */
    public static WorkerReportMessage trouble(
            Kind kind,
            ReportOrigin origin,
            RunId run,
            boolean retriable,
            String code,
            String message) {
        return new WorkerReportMessage(
                kind, origin, null, List.of(), 0, retriable, run, code, message, null, null);
    }

    /** A completion. */
    public static WorkerReportMessage completed(
            ReportOrigin origin, RunId run, RequestFacts facts, RunMeasures measures) {
        return new WorkerReportMessage(
                Kind.COMPLETED,
                origin,
                null,
                List.of(),
                0,
                false,
                run,
                null,
                null,
                facts,
                measures);
    }

    /** The report as the kernel reads it. */
    public WorkerReport toCore() {
        return switch (kind) {
            case REGISTERED -> new WorkerReport.Registered(origin, required(capacity));
            case HEARTBEAT ->
                    new WorkerReport.Heartbeat(origin, required(capacity), accepted, syncSeq, flag);
            case DRAINING -> new WorkerReport.Draining(origin, flag);
            case ACCEPTED -> new WorkerReport.Accepted(origin, required(run));
            case PROGRESSED -> new WorkerReport.Progressed(origin, required(run));
            case COMPLETED -> toCompleted();
            case FAILED ->
                    new WorkerReport.Failed(
                            origin, required(run), flag, required(code), required(message));
            case CANCELLED -> new WorkerReport.Cancelled(origin, required(run));
            case REFUSED ->
                    new WorkerReport.Refused(
                            origin, required(run), required(code), required(message));
            case GIVEN_BACK -> new WorkerReport.GivenBack(origin, required(run));
        };
    }

    /** The completion as the kernel reads it. */
    public WorkerReport.Completed toCompleted() {
        return new WorkerReport.Completed(
                origin, required(run), required(facts), required(measures));
    }

    private <T> T required(@Nullable T field) {
        return Objects.requireNonNull(field, () -> kind + " report lacks a field: " + this);
    }
}
