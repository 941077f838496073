package io.sluice.core.kernel.law;

import io.sluice.core.kernel.LaneSettings;
import io.sluice.core.kernel.RequestRouter;
import io.sluice.core.kernel.RouteRecord;
import io.sluice.core.kernel.RouterEffect;
import io.sluice.core.kernel.RouterSettings;
import io.sluice.core.model.AcceptedRun;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Release;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.RunId;
import io.sluice.core.model.WorkerReport;
import io.sluice.core.routing.FleetState;
import io.sluice.core.routing.FleetView;
import io.sluice.core.routing.OutstandingWork;
import io.sluice.core.routing.RoutingCatalog;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import static org.assertj.core.api.Assertions.assertThat;

/** The router as a job hosts it, with its record of each request. */
final class RouteTask {

    /** What a checkpoint holds of it. */
    record Snapshot(Map<RequestKey, RouteRecord> records, FleetState fleet) {}

    private static final RouterSettings SETTINGS =
            new RouterSettings(3, 30_000, 3_600_000, 2_000, 20);

    private final LaneSettings lanes;
    private final int partitions;
    private final Consumer<RouterEffect> effects;
    private final Map<RequestKey, RouteRecord> records = new TreeMap<>();

    private FleetView fleet;
    private OutstandingWork work;
    private RequestRouter router;

    RouteTask(LaneSettings lanes, int partitions, Consumer<RouterEffect> effects) {
        this.lanes = lanes;
        this.partitions = partitions;
        this.effects = effects;
        make(FleetState.EMPTY);
    }

    private void make(FleetState state) {
        fleet = new FleetView(lanes.leaseMillis(), lanes.forgetMillis(), state);
        work = new OutstandingWork();
        router =
                new RequestRouter(
                        SETTINGS, fleet, RoutingCatalog.create("least-outstanding"), work, effects);
        records.values().forEach(router::recount);
    }

    void startEpoch(long epoch) {
        fleet.startEpoch(epoch);
    }

    Snapshot snapshot() {
        return new Snapshot(Map.copyOf(records), fleet.state());
    }

    void restore(Snapshot snapshot) {
        records.clear();
        records.putAll(snapshot.records());
        make(snapshot.fleet());
    }

    private void change(RequestKey key, UnaryOperator<RouteRecord> change) {
        RouteRecord after = change.apply(records.get(key));
        if (after == null) {
            records.remove(key);
        } else {
            assertThat(after.key()).isEqualTo(key);
            records.put(key, after);
        }
    }

    void submit(PendingRequest request, long now) {
        change(request.key(), record -> router.submit(record, request, null, now));
    }

    void cancel(RequestKey key, long now) {
        change(key, record -> router.cancel(record, key, "not wanted", now));
    }

    void reprioritise(RequestKey key, int priority) {
        change(key, record -> router.reprioritise(record, key, priority));
    }

    void released(Release release, long now) {
        change(release.key(), record -> router.released(record, release, now));
    }

    /** What a worker holds, if it answers a sync, then what it says of itself or of an end. */
    void report(WorkerReport report, long now) {
        if (report instanceof WorkerReport.Completed completed) {
            RequestKey key = completed.run().key();
            change(key, record -> router.completed(record, completed, now));
        } else if (report instanceof WorkerReport.Heartbeat heartbeat && heartbeat.syncSeq() > 0) {
            for (AcceptedRun accepted : heartbeat.accepted()) {
                RunId run = accepted.run();
                String at = report.origin().instanceId();
                change(run.key(), record -> router.adopt(record, run, at, now));
            }
        }
        if (!(report instanceof WorkerReport.OfRun)) {
            fleet.report(report);
        }
    }

    void tick(Topics.LogRecord.Tick tick, int partition) {
        fleet.tick(tick.epoch(), partition, partitions, tick.logMillis());
    }

    void wakeup(long now) {
        for (RouteRecord due : List.copyOf(records.values())) {
            if (due.wakeupMillis() <= now) {
                change(due.key(), record -> router.wakeup(record, now));
            }
        }
    }

    double workOn(String instanceId) {
        return work.millisOn(instanceId);
    }

    @Override
    public String toString() {
        return records.toString();
    }
}
