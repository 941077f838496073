package io.sluice.bench;

import io.sluice.core.kernel.Assignment;
import io.sluice.core.kernel.HeapPendingStore;
import io.sluice.core.kernel.InstanceScheduler;
import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.kernel.LaneEntry;
import io.sluice.core.kernel.LaneSettings;
import io.sluice.core.kernel.LaneState;
import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Progress;
import io.sluice.core.model.RequestFacts;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.RunId;
import io.sluice.core.model.RunMeasures;
import io.sluice.core.model.WorkerReport;
import io.sluice.core.model.WorkerReport.ReportOrigin;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One lane, its instance always full and always as many requests waiting, driven as the job drives
 * it. A virtual clock advances by a millisecond for each request that comes.
 */
final class SteadyLane {

    private static final String LANE = "gpu-0";
    private static final long EPOCH = 1;
    private static final long START_MILLIS = 1_700_000_000_000L;

    /** A worker that is never heard of otherwise must not be taken for dead. */
    private static final long NO_LEASE_MILLIS = 1L << 40;

    /** So many for each run that memory is never short: places are. */
    private static final long KV_TOKENS_PER_RUN = 8_192;

    private final HeapPendingStore store = new HeapPendingStore();
    private final InstanceScheduler lane;
    private final RequestSource source;
    private final Map<RequestKey, LaneEffect.Dispatch> running = new LinkedHashMap<>();
    private final Deque<LaneEffect.Preempt> interrupted = new ArrayDeque<>();
    private final Deque<Assignment> back = new ArrayDeque<>();
    private final boolean keepsState;
    private long syncSeq;
    private long reports;
    private long now = START_MILLIS;
    private LaneState kept = LaneState.EMPTY;

    /**
     * A lane that is full.
     *
     * @param depth requests that wait
     * @param keepsState whether after each event the lane is asked for what it must not forget, as
     *     the job does, which writes it to its state
     */
    SteadyLane(Scenario scenario, int depth, boolean keepsState) {
        this.keepsState = keepsState;
        PendingRequest plain = new RequestSource(1, false).next(now);
        boolean hashed = scenario.order().lacks(plain).isPresent();
        this.source = new RequestSource(scenario.tenants(), hashed);
        this.lane =
                new InstanceScheduler(
                        LANE, settings(scenario), LaneState.EMPTY, store, this::carryOut);
        connect(scenario.running());
        fill(depth + scenario.running());
        if (lane.queueLength() != depth || lane.inFlight() != scenario.running()) {
            throw new IllegalStateException(
                    "%s: %d wait and %d run, not %d and %d"
                            .formatted(
                                    scenario,
                                    lane.queueLength(),
                                    lane.inFlight(),
                                    depth,
                                    scenario.running()));
        }
    }

    private static LaneSettings settings(Scenario scenario) {
        return new LaneSettings(
                scenario.policies(),
                LaneSettings.DEFAULT_MAX_PASSES,
                NO_LEASE_MILLIS,
                1_000,
                30_000,
                NO_LEASE_MILLIS,
                1_000,
                10);
    }

    private void connect(int places) {
        InstanceCapacity capacity =
                new InstanceCapacity(
                        List.of(),
                        places,
                        places * KV_TOKENS_PER_RUN,
                        (int) KV_TOKENS_PER_RUN,
                        0,
                        0,
                        0.1,
                        15);
        lane.startEpoch(EPOCH, now);
        lane.report(new WorkerReport.Registered(origin(), capacity), now);
        lane.report(new WorkerReport.Heartbeat(origin(), capacity, List.of(), syncSeq, false), now);
    }

    private void fill(int requests) {
        List<Assignment> together = new ArrayList<>(requests);
        for (int i = requests; i > 0; i--) {
            together.add(new Assignment(source.next(now - i), 1));
        }
        lane.assign(together, now);
        settle();
    }

    /** One request comes, one run ends, and one request is sent in its place. */
    void turn() {
        now++;
        lane.assign(source.next(now), 1, now);
        settle();
        lane.report(completed(), now);
        settle();
    }

    /** Requests that wait. */
    int depth() {
        return lane.queueLength();
    }

    /** Whatever the lane holds on to, and nothing of what drives it. */
    List<Object> held() {
        return List.of(lane, store);
    }

    /** The requests that wait. */
    List<PendingRequest> waiting() {
        List<PendingRequest> waiting = new ArrayList<>(depth());
        for (LaneEntry entry : store.all()) {
            if (entry.isWaiting() && entry.request() != null) {
                waiting.add(entry.request());
            }
        }
        return waiting;
    }

    /** What the lane must not forget, as last asked for. */
    LaneState kept() {
        return kept;
    }

    private WorkerReport completed() {
        Iterator<LaneEffect.Dispatch> oldest = running.values().iterator();
        LaneEffect.Dispatch run = oldest.next();
        oldest.remove();
        PendingRequest request = run.request();
        int made = request.expectedOutputTokens();
        return new WorkerReport.Completed(
                origin(),
                runId(run),
                RequestFacts.of(request),
                new RunMeasures(1, 2, 3, 4, request.inputTokens(), made, 0, "stop"));
    }

    private static RunId runId(LaneEffect.Dispatch run) {
        return new RunId(run.request().key(), run.attempt(), EPOCH);
    }

    private ReportOrigin origin() {
        return new ReportOrigin(LANE, 1, ++reports, EPOCH, now);
    }

    private void carryOut(LaneEffect effect) {
        if (effect instanceof LaneEffect.Dispatch dispatch) {
            running.put(dispatch.request().key(), dispatch);
        } else if (effect instanceof LaneEffect.Preempt preempt) {
            interrupted.add(preempt);
        } else if (effect instanceof LaneEffect.Sync sync) {
            syncSeq = sync.address().seq();
        } else if (effect instanceof LaneEffect.Released released && released.request() != null) {
            back.add(
                    new Assignment(
                            released.request().withProgress(released.release().progress()),
                            released.release().attempt() + 1));
        }
    }

    /** Interrupts what is to be interrupted, and brings it back as the router does. */
    private void settle() {
        keep();
        while (!interrupted.isEmpty() || !back.isEmpty()) {
            if (interrupted.isEmpty()) {
                Assignment again = back.remove();
                lane.assign(again.request(), again.attempt(), now);
            } else {
                interrupt(interrupted.remove());
            }
            keep();
        }
    }

    private void interrupt(LaneEffect.Preempt preempt) {
        LaneEffect.Dispatch run = running.remove(preempt.key());
        if (run == null) {
            throw new IllegalStateException("interrupted run %s does not run".formatted(preempt));
        }
        int made = run.request().progress().generatedTokens() + 1;
        Progress progress = new Progress(made, 0, now);
        lane.report(new WorkerReport.Preempted(origin(), runId(run), progress), now);
    }

    private void keep() {
        if (keepsState) {
            kept = lane.stateBesideOrder();
        }
    }
}
