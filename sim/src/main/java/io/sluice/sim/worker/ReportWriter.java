package io.sluice.sim.worker;

import io.sluice.core.model.WorkerReport;
import io.sluice.core.model.WorkerReport.ReportOrigin;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * Numbers the reports of one incarnation and follows what the broker has acknowledged of them. It
 * holds the worker's lease: whoever reads the log counts it from the append time of a sign of life,
 * which is not before the time of its sending.
 */
final class ReportWriter {

    /** A report that has not been acknowledged. */
    private record Sent(
            long seq, long sentMillis, boolean signOfLife, @Nullable DispatchId terminal) {}

    private final String instanceId;
    private final long incarnation;
    private final WorkerLog log;
    private final ArrayDeque<Sent> sent = new ArrayDeque<>();
    private long lastSeq;
    private long aliveSinceMillis;

    ReportWriter(String instanceId, long incarnation, WorkerLog log, long now) {
        this.instanceId = instanceId;
        this.incarnation = incarnation;
        this.log = log;
        this.aliveSinceMillis = now;
        log.open(incarnation);
    }

    long incarnation() {
        return incarnation;
    }

    /** Send time of the latest sign of life that was acknowledged. */
    long aliveSinceMillis() {
        return aliveSinceMillis;
    }

    /** The origin of the next report. */
    ReportOrigin next(long epoch) {
        return new ReportOrigin(instanceId, incarnation, ++lastSeq, epoch, 0);
    }

    void append(WorkerReport report, long now) {
        boolean signOfLife =
                report instanceof WorkerReport.Heartbeat
                        || report instanceof WorkerReport.Registered;
        sent.add(new Sent(report.origin().seq(), now, signOfLife, null));
        log.append(report);
    }

    void appendTerminal(WorkerReport.OfRun report, long now) {
        sent.add(new Sent(report.origin().seq(), now, false, DispatchId.of(report.run())));
        log.append(report);
    }

    /**
     * Takes in that the broker has everything up to a number.
     *
     * @param published receives the ids whose terminal reports were among it
     */
    void acknowledged(long upToSeq, Consumer<DispatchId> published) {
        while (!sent.isEmpty() && sent.getFirst().seq() <= upToSeq) {
            Sent report = sent.removeFirst();
            if (report.signOfLife()) {
                aliveSinceMillis = Math.max(aliveSinceMillis, report.sentMillis());
            }
            if (report.terminal() != null) {
                published.accept(report.terminal());
            }
        }
    }
}
