package io.sluice.jobs.flow;

import io.sluice.core.model.AcceptedRun;
import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.Progress;
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
        @Nullable RunMeasures measures,
        @Nullable Progress progress) {

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
        GIVEN_BACK,
        /** {@link WorkerReport.Preempted}. */
        PREEMPTED
    }

    /** A report, laid flat. */
    public static WorkerReportMessage of(WorkerReport report) {
        if (report instanceof WorkerReport.OfRun ofRun) {
            return ofRun(ofRun);
        }
        if (report instanceof WorkerReport.Registered r) {
            return ofInstance(Kind.REGISTERED, r.origin(), r.capacity(), List.of(), 0, false);
        }
        if (report instanceof WorkerReport.Heartbeat r) {
            return ofInstance(
                    Kind.HEARTBEAT,
                    r.origin(),
                    r.capacity(),
                    r.accepted(),
                    r.syncSeq(),
                    r.draining());
        }
        if (report instanceof WorkerReport.Draining r) {
            return ofInstance(Kind.DRAINING, r.origin(), null, List.of(), 0, r.draining());
        }
        throw new IllegalArgumentException("unknown kind of report: " + report);
    }

    private static WorkerReportMessage ofRun(WorkerReport.OfRun report) {
        if (report instanceof WorkerReport.Accepted) {
            return plain(Kind.ACCEPTED, report);
        }
        if (report instanceof WorkerReport.Progressed) {
            return plain(Kind.PROGRESSED, report);
        }
        if (report instanceof WorkerReport.Completed r) {
            return ofRun(Kind.COMPLETED, r, false, null, null, r.facts(), r.measures());
        }
        if (report instanceof WorkerReport.Failed r) {
            return ofRun(Kind.FAILED, r, r.retriable(), r.code(), r.message(), null, null);
        }
        if (report instanceof WorkerReport.Cancelled) {
            return plain(Kind.CANCELLED, report);
        }
        if (report instanceof WorkerReport.Refused r) {
            return ofRun(Kind.REFUSED, r, false, r.code(), r.message(), null, null);
        }
        if (report instanceof WorkerReport.GivenBack) {
            return plain(Kind.GIVEN_BACK, report);
        }
        if (report instanceof WorkerReport.Preempted r) {
            return new WorkerReportMessage(
                    Kind.PREEMPTED,
                    r.origin(),
                    null,
                    List.of(),
                    0,
                    false,
                    r.run(),
                    null,
                    null,
                    null,
                    null,
                    r.progress());
        }
        throw new IllegalArgumentException("unknown kind of report: " + report);
    }

    private static WorkerReportMessage ofInstance(
            Kind kind,
            ReportOrigin origin,
            @Nullable InstanceCapacity capacity,
            List<AcceptedRun> accepted,
            long syncSeq,
            boolean flag) {
        return new WorkerReportMessage(
                kind, origin, capacity, accepted, syncSeq, flag, null, null, null, null, null,
                null);
    }

    private static WorkerReportMessage plain(Kind kind, WorkerReport.OfRun report) {
        return ofRun(kind, report, false, null, null, null, null);
    }

    private static WorkerReportMessage ofRun(
            Kind kind,
            WorkerReport.OfRun report,
            boolean flag,
            @Nullable String code,
            @Nullable String message,
            @Nullable RequestFacts facts,
            @Nullable RunMeasures measures) {
        return new WorkerReportMessage(
                kind,
                report.origin(),
                null,
                List.of(),
                0,
                flag,
                report.run(),
                code,
                message,
                facts,
                measures,
                null);
    }

    /** The same report without the list of what the worker holds. */
    public WorkerReportMessage withoutRuns() {
        return accepted.isEmpty()
                ? this
                : ofInstance(kind, origin, capacity, List.of(), syncSeq, flag);
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
            case PREEMPTED -> new WorkerReport.Preempted(origin, required(run), required(progress));
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
