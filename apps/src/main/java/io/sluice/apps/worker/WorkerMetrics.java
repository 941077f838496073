package io.sluice.apps.worker;

import io.sluice.apps.metrics.Counter;
import io.sluice.apps.metrics.Gauge;
import io.sluice.apps.metrics.Histogram;
import io.sluice.apps.metrics.MetricsPage;
import io.sluice.schemas.avro.DispatchCommand;
import io.sluice.schemas.avro.WorkerEvent;

import java.util.Locale;
import java.util.Map;

/** Metrics of the worker itself: what it is told, what it reports, and how well it is fed. */
final class WorkerMetrics {

    private static final double NANOS_PER_SECOND = 1e9;

    private final Counter commands;
    private final Counter ignored;
    private final Counter reports;
    private final Gauge accepted;
    private final Gauge incarnation;
    private final Gauge busy;
    private final Gauge idle;
    private final Gauge clockAhead;
    private final Histogram overhead;

    WorkerMetrics(String instanceId) {
        this(new MetricsPage(Map.of("instance_id", instanceId)));
    }

    private final MetricsPage page;

    private WorkerMetrics(MetricsPage page) {
        this.page = page;
        commands =
                page.counter("sluice_worker_commands_total", "Commands for this instance.", "type");
        ignored =
                page.counter(
                        "sluice_worker_commands_ignored_total",
                        "Records that were no command to follow.",
                        "reason");
        reports = page.counter("sluice_worker_reports_total", "Events reported.", "type");
        accepted = page.gauge("sluice_worker_accepted_runs", "Runs accepted and not ended.");
        incarnation = page.gauge("sluice_worker_incarnation", "Number of the present incarnation.");
        busy =
                page.total(
                        "sluice_worker_busy_seconds_total",
                        "Time with at least one sequence running.");
        idle =
                page.total(
                        "sluice_worker_idle_while_queued_seconds_total",
                        "Time with a free place and nothing to put there while the lane had requests.");
        clockAhead =
                page.gauge(
                        "sluice_worker_clock_ahead_seconds",
                        "By how much the clock of this machine is ahead of the broker's, by which latencies are measured.");
        overhead =
                page.histogram(
                        "sluice_worker_dispatch_overhead_seconds",
                        "Wall time from a decision to the acceptance of its run.",
                        0.001,
                        0.002,
                        0.005,
                        0.01,
                        0.02,
                        0.05,
                        0.1,
                        0.2,
                        0.5,
                        1,
                        2,
                        5,
                        10);
    }

    MetricsPage page() {
        return page;
    }

    void begun(long newIncarnation) {
        incarnation.set((double) newIncarnation);
    }

    void reported(WorkerEvent event) {
        reports.add(event.getType().name().toLowerCase(Locale.ROOT));
        Double millis = event.getDispatchOverheadMs();
        if (millis != null && event.getType() == io.sluice.schemas.avro.WorkerEventType.ACCEPTED) {
            overhead.observe(millis / 1_000);
        }
    }

    void stepped(Occupancy occupancy, int acceptedRuns, long aheadMillis) {
        clockAhead.set(aheadMillis / 1_000.0);
        accepted.set(acceptedRuns);
        busy.set(occupancy.busyNanos() / NANOS_PER_SECOND);
        idle.set(occupancy.idleWhileQueuedNanos() / NANOS_PER_SECOND);
    }

    void understood(DispatchCommand command) {
        commands.add(command.getType().name().toLowerCase(Locale.ROOT));
    }

    void ignored(String reason) {
        ignored.add(reason);
    }
}
