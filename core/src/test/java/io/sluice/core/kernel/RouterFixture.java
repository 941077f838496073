package io.sluice.core.kernel;

import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Release;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.model.RunId;
import io.sluice.core.model.SettledRequest;
import io.sluice.core.model.WorkerReport;
import io.sluice.core.routing.FleetState;
import io.sluice.core.routing.FleetView;
import io.sluice.core.routing.OutstandingWork;
import io.sluice.core.routing.RoutingCatalog;
import io.sluice.core.testing.RequestBuilder;
import io.sluice.core.testing.WorkerLog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static io.sluice.core.testing.Capacities.capacity;

/** A router, the record of one request, and what the router wanted done. */
final class RouterFixture {

    static final long EPOCH = 7;
    static final long LEASE = 5_000;
    static final InstanceCapacity CAPACITY = capacity(4, 1_000);
    static final RouterSettings SETTINGS = new RouterSettings(3, 30_000, 3_600_000, 2_000, 20, 2);

    /** What is to be done. */
    final List<RouterEffect> effects = new ArrayList<>();

    /** What is told only. */
    final List<RouterEffect.Held> held = new ArrayList<>();

    final OutstandingWork work = new OutstandingWork();
    final FleetView fleet = new FleetView(LEASE, 3_600_000, FleetState.EMPTY);
    final RequestRouter router =
            new RequestRouter(
                    SETTINGS, fleet, RoutingCatalog.create("least-outstanding"), work, this::take);
    private final Map<String, WorkerLog> workers = new HashMap<>();

    RouteRecord record;
    long now = 1_000_000;

    private void take(RouterEffect effect) {
        if (effect instanceof RouterEffect.Held news) {
            held.add(news);
        } else {
            effects.add(effect);
        }
    }

    /** A router whose fleet is open and settled, with these instances. */
    static RouterFixture with(String... instances) {
        RouterFixture fixture = new RouterFixture();
        fixture.open();
        for (String instance : instances) {
            fixture.join(instance, CAPACITY);
        }
        fixture.settleFleet();
        return fixture;
    }

    void open() {
        fleet.startEpoch(EPOCH);
        tick(EPOCH);
    }

    /** A tick on the only partition. */
    void tick(long epoch) {
        fleet.tick(epoch, 0, 1, now);
    }

    void join(String instance, InstanceCapacity capacity) {
        WorkerLog worker = new WorkerLog(instance, 1).epoch(EPOCH).at(now);
        workers.put(instance, worker);
        fleet.report(worker.registered(capacity));
    }

    WorkerLog worker(String instance) {
        return workers.computeIfAbsent(instance, id -> new WorkerLog(id, 1).epoch(EPOCH)).at(now);
    }

    /** Lets the time pass in which a fleet counts as gathering. */
    void settleFleet() {
        router.submit(null, RequestBuilder.request("probe").build(), null, now);
        effects.clear();
        held.clear();
        work.clear();
        now += SETTINGS.fleetSettleMillis();
    }

    RouterFixture submit(RequestBuilder request) {
        return submit(request.build());
    }

    RouterFixture submit(PendingRequest request) {
        record = router.submit(record, request, null, now);
        return this;
    }

    void cancel(String id, String reason) {
        record = router.cancel(record, RequestBuilder.key(id), reason, now);
    }

    void release(String id, int attempt, String from, ReleaseReason reason) {
        release(id, attempt, from, reason, EPOCH);
    }

    void release(String id, int attempt, String from, ReleaseReason reason, long epoch) {
        release(new Release(RequestBuilder.key(id), attempt, from, epoch, reason, true, "c", "m"));
    }

    void release(Release release) {
        record = router.released(record, release, now);
    }

    WorkerReport.Completed completion(String id, int attempt, String instance) {
        return worker(instance).completed(run(id, attempt));
    }

    void complete(String id, int attempt, String instance) {
        record = router.completed(record, completion(id, attempt, instance), now);
    }

    void adopt(String id, int attempt, String instance) {
        record = router.adopt(record, run(id, attempt), instance, now);
    }

    void wakeup() {
        record = router.wakeup(record, now);
    }

    private static RunId run(String id, int attempt) {
        return WorkerLog.run(RequestBuilder.key(id), attempt, EPOCH);
    }

    RouterFixture forgetEffects() {
        effects.clear();
        return this;
    }

    <T extends RouterEffect> List<T> all(Class<T> kind) {
        return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** What is to be done, briefly, in order. */
    List<String> done() {
        return effects.stream().map(RouterFixture::brief).toList();
    }

    private static String brief(RouterEffect effect) {
        if (effect instanceof RouterEffect.Assign assign) {
            return "assign %d to %s".formatted(assign.attempt(), assign.instanceId());
        }
        if (effect instanceof RouterEffect.CancelAt cancel) {
            return "cancel %d at %s".formatted(cancel.attempt(), cancel.instanceId());
        }
        if (effect instanceof RouterEffect.RevalueAt at) {
            return "priority %d, path %d of %d at %s"
                    .formatted(
                            at.priority(), at.criticalPathMillis(), at.attempt(), at.instanceId());
        }
        if (effect instanceof RouterEffect.RecheckAt at) {
            return "recheck %d at %s".formatted(at.release().attempt(), at.instanceId());
        }
        if (effect instanceof RouterEffect.Postponed postponed) {
            Release release = postponed.release();
            return "postpone %d of epoch %d".formatted(release.attempt(), release.epoch());
        }
        if (effect instanceof RouterEffect.Settled settled) {
            SettledRequest outcome = settled.outcome();
            return "%s by %d".formatted(outcome.outcome().wireName(), outcome.attempt());
        }
        if (effect instanceof RouterEffect.Dropped dropped) {
            return "drop " + dropped.cause();
        }
        return "too late";
    }

    /** The only outcome. */
    SettledRequest outcome() {
        List<RouterEffect.Settled> settled = all(RouterEffect.Settled.class);
        if (settled.size() != 1) {
            throw new AssertionError("expected one outcome, got " + settled);
        }
        return settled.get(0).outcome();
    }
}
