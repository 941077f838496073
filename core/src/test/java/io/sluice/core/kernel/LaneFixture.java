package io.sluice.core.kernel;

import io.sluice.core.model.AcceptedRun;
import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Release;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.model.RunId;
import io.sluice.core.model.WorkerReport;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.core.policy.admission.FitsInstance;
import io.sluice.core.testing.RequestBuilder;
import io.sluice.core.testing.WorkerLog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A lane, the time it is given, and what it wanted done. */
final class LaneFixture {

    static final String LANE = "gpu";
    static final long EPOCH = 7;

    final List<LaneEffect> effects = new ArrayList<>();
    final Map<Integer, Long> logMillis = new HashMap<>();
    final LaneSettings settings;

    HeapPendingStore store = new HeapPendingStore();
    InstanceScheduler lane;
    long now = 1_000_000;

    LaneFixture(LaneSettings settings) {
        this.settings = settings;
        this.lane = make(LaneState.EMPTY);
    }

    static LaneFixture of(String ordering) {
        return new LaneFixture(settings(ordering));
    }

    /** A lane in its epoch, whose instance is in step. */
    static LaneFixture inStep(InstanceCapacity capacity) {
        return of("fcfs").started().connected(capacity);
    }

    static LaneSettings settings(String ordering) {
        return LaneSettings.of(PolicyCatalog.ordering(ordering), new FitsInstance());
    }

    private InstanceScheduler make(LaneState state) {
        return new InstanceScheduler(LANE, settings, state, store, effects::add);
    }

    LaneFixture started() {
        lane.startEpoch(EPOCH, now);
        return this;
    }

    /** The first incarnation of the instance registers and answers the sync. */
    LaneFixture connected(InstanceCapacity capacity) {
        connect(worker(1), capacity);
        return this;
    }

    void connect(WorkerLog worker, InstanceCapacity capacity) {
        report(worker.registered(capacity));
        report(worker.heartbeat(capacity, lastSync()));
    }

    WorkerLog worker(long incarnation) {
        return worker(LANE, incarnation);
    }

    WorkerLog worker(String instanceId, long incarnation) {
        return new WorkerLog(instanceId, incarnation).epoch(EPOCH).at(now);
    }

    /** The object goes, its state and a copy of its store stay. */
    LaneFixture rebuild() {
        LaneState state = lane.state();
        store = store.copy();
        lane = make(state);
        return this;
    }

    void assign(RequestBuilder request) {
        assign(request.build(), 1);
    }

    void assign(PendingRequest request, int attempt) {
        lane.assign(request, attempt, now);
    }

    void report(WorkerReport report) {
        lane.report(report, now);
    }

    void wakeup() {
        lane.wakeup(partition -> logMillis.getOrDefault(partition, LogClock.UNREAD), now);
    }

    static RunId run(String id) {
        return run(id, 1);
    }

    static RunId run(String id, int attempt) {
        return WorkerLog.run(RequestBuilder.key(id), attempt, EPOCH);
    }

    static AcceptedRun held(String id, int attempt) {
        return new AcceptedRun(run(id, attempt), 20, 0);
    }

    <T extends LaneEffect> List<T> all(Class<T> kind) {
        return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Ids dispatched, in order. */
    List<String> dispatched() {
        return all(LaneEffect.Dispatch.class).stream()
                .map(dispatch -> dispatch.request().key().requestId())
                .toList();
    }

    List<Release> releases() {
        return all(LaneEffect.Released.class).stream().map(LaneEffect.Released::release).toList();
    }

    /** Releases, as {@code id reason}. */
    List<String> released() {
        return releases().stream().map(LaneFixture::brief).toList();
    }

    private static String brief(Release release) {
        ReleaseReason reason = release.reason();
        return release.key().requestId() + " " + reason;
    }

    /** Number of the latest sync. */
    long lastSync() {
        List<LaneEffect.Sync> syncs = all(LaneEffect.Sync.class);
        return syncs.isEmpty() ? 0 : syncs.get(syncs.size() - 1).address().seq();
    }

    LaneFixture forgetEffects() {
        effects.clear();
        return this;
    }
}
