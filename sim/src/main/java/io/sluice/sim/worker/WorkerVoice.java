package io.sluice.sim.worker;

import io.sluice.core.model.WorkerReport;
import io.sluice.core.model.WorkerReport.OfRun;
import io.sluice.core.model.WorkerReport.ReportOrigin;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a worker says, as its present incarnation and in the highest job epoch that it has heard of.
 */
final class WorkerVoice {

    private final String instanceId;
    private final WorkerLog log;

    private @Nullable ReportWriter writer;
    private long epoch;

    WorkerVoice(String instanceId, WorkerLog log) {
        this.instanceId = instanceId;
        this.log = log;
    }

    /** Speaks as a new incarnation from now on. */
    void begin(long incarnation, long now) {
        writer = new ReportWriter(instanceId, incarnation, log, now);
    }

    /** The incarnation that speaks; 0 before the first. */
    long incarnation() {
        return writer == null ? 0 : writer.incarnation();
    }

    /** Highest job epoch heard of. */
    long epoch() {
        return epoch;
    }

    /** A command of an epoch that is not behind was read. */
    void heard(long ofEpoch) {
        epoch = ofEpoch;
    }

    /** Says something that is not the end of a run. */
    void say(Function<ReportOrigin, WorkerReport> report, long now) {
        writer().append(report.apply(origin()), now);
    }

    /** The origin of what is said next; to be said. */
    ReportOrigin origin() {
        return writer().next(epoch);
    }

    /** Says the end of a run; its origin is of this incarnation. */
    void sayEnd(OfRun report, long now) {
        writer().appendTerminal(report, now);
    }

    /** Says the end of a run again, as this incarnation. */
    void sayEndAgain(OfRun report, long now) {
        sayEnd((OfRun) Reports.from(report, origin()), now);
    }

    /** Send time of the latest sign of life that was acknowledged. */
    long aliveSinceMillis() {
        return writer().aliveSinceMillis();
    }

    /**
     * The broker has every report of an incarnation up to a number; an earlier one is of no
     * interest any more.
     *
     * @param published receives the ids whose ends were among it
     */
    void acknowledged(long byIncarnation, long upToSeq, Consumer<DispatchId> published) {
        if (writer != null && writer.incarnation() == byIncarnation) {
            writer.acknowledged(upToSeq, published);
        }
    }

    private ReportWriter writer() {
        if (writer == null) {
            throw new IllegalStateException("worker %s has not been started".formatted(instanceId));
        }
        return writer;
    }
}
