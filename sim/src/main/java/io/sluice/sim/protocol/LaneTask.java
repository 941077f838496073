package io.sluice.sim.protocol;

import io.sluice.core.kernel.HeapPendingStore;
import io.sluice.core.kernel.InstanceScheduler;
import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.kernel.LaneState;
import io.sluice.core.kernel.LogClock;
import io.sluice.core.kernel.RouterEffect;
import io.sluice.core.model.Outcome;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Release;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.model.SettledRequest;
import io.sluice.core.policy.OrderMemory;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A subtask of the lanes: those of its share of the instances. */
final class LaneTask extends Task {

    /** What survives of one lane. */
    record Saved(LaneState state, HeapPendingStore store) {}

    /** What survives. */
    record State(Map<String, Saved> lanes, Policies policies, long takenMillis) {}

    /** One lane. */
    private final class Lane {
        private final String id;
        private final HeapPendingStore store;
        private InstanceScheduler scheduler;
        private long startedEpoch;
        private long plannedMillis = PendingRequest.NEVER;

        Lane(String id, Saved saved) {
            this.id = id;
            this.store = saved.store().copy();
            this.scheduler = scheduler(saved.state());
            if (epoch > 0) {
                start();
            }
        }

        private InstanceScheduler scheduler(LaneState state) {
            return new InstanceScheduler(
                    id,
                    Setup.lane(policies.lanes()),
                    state,
                    store,
                    effect -> LaneTask.this.apply(effect));
        }

        private void start() {
            if (world().obeys(Rule.LANE_HOLD)) {
                scheduler.startEpoch(epoch, laneNow());
            } else if (startedEpoch != epoch) {
                startWithoutHold();
            }
            startedEpoch = epoch;
        }

        /** Asks what the worker holds, as ever, but does not wait for the answer. */
        private void startWithoutHold() {
            LaneState known = scheduler.state();
            new InstanceScheduler(
                            id,
                            Setup.lane(policies.lanes()),
                            known,
                            new HeapPendingStore(),
                            effect -> LaneTask.this.apply(effect))
                    .startEpoch(epoch, laneNow());
            long nextSeq = known.nextSeq() + known.instances().size();
            scheduler =
                    scheduler(
                            new LaneState(
                                    epoch,
                                    nextSeq,
                                    known.instances(),
                                    known.interrupted(),
                                    List.of(),
                                    OrderMemory.EMPTY));
            scheduler.startEpoch(epoch, laneNow());
        }
    }

    private static final long CARELESS_MILLIS = 2_000;

    private final Map<String, Lane> lanes = new TreeMap<>();
    private final Map<Integer, Long> logMillis = new HashMap<>();
    private final Outbox dispatch;
    private final Outbox handbacks;
    private Policies policies;
    private long epoch;

    /** Where a lane is careless about expiry: the time at which its state was saved. */
    private final long savedMillis;

    private final long carefulFromMillis;

    /** Where a lane that closes requests itself would send their outcomes. */
    private final @Nullable Channel settle;

    LaneTask(Attempt attempt, int index, SettleTask settleTask) {
        super(attempt, "lane-" + index);
        this.settle = world().obeys(Rule.ROUTER_CLOSES) ? null : new Channel(world(), settleTask);
        this.dispatch = new Outbox(world());
        this.handbacks = new Outbox(world());
        State state =
                (State)
                        attempt.restored(
                                name(), new State(Map.of(), Policies.of(world().lanes), 0));
        this.policies = state.policies();
        this.savedMillis = state.takenMillis();
        boolean careful = world().obeys(Rule.EXPIRY_FIRST) || savedMillis == 0;
        this.carefulFromMillis = world().now() + (careful ? 0 : CARELESS_MILLIS);
        state.lanes().forEach((id, saved) -> lanes.put(id, new Lane(id, saved)));
        lanes.values().forEach(this::planWakeup);
    }

    /** The time, or before any timer has fired what a careless lane takes for it. */
    private long laneNow() {
        return world().now() < carefulFromMillis ? savedMillis : world().now();
    }

    private LogClock clock() {
        return world().obeys(Rule.LOG_TIME_LEASE)
                ? partition -> logMillis.getOrDefault(partition, LogClock.UNREAD)
                : partition -> world().now();
    }

    @Override
    void process(Message message) {
        if (message instanceof Message.Ticked m) {
            logMillis.merge(m.partition(), m.appendedMillis(), Math::max);
        } else if (message instanceof Message.Notice m) {
            boolean other = m.policies().lanes() != policies.lanes();
            epoch = m.epoch();
            policies = m.policies();
            List.copyOf(lanes.values()).forEach(lane -> start(lane, other));
        } else if (message instanceof Message.Reported m) {
            Lane lane = lane(m.report().origin().instanceId());
            lane.scheduler.report(m.report(), laneNow());
            settle(lane);
        } else if (message instanceof Message.Drain m) {
            Lane lane = lane(m.instanceId());
            lane.scheduler.drain(m.instanceId(), m.draining(), laneNow());
            settle(lane);
        } else if (message instanceof Message.ToLane m) {
            Lane lane = lane(m.effect().instanceId());
            instruct(lane.scheduler, m.effect());
            settle(lane);
        }
    }

    /** As the job does, the epoch comes with the policies, and is the same at later changes. */
    private void start(Lane lane, boolean underOtherPolicies) {
        lane.start();
        if (underOtherPolicies) {
            lane.scheduler.choose(Setup.lane(policies.lanes()).policies(), laneNow());
        }
        settle(lane);
    }

    private void instruct(InstanceScheduler lane, RouterEffect.ToLane effect) {
        long now = laneNow();
        if (effect instanceof RouterEffect.Assign assign) {
            lane.assign(assign.request(), assign.attempt(), now);
        } else if (effect instanceof RouterEffect.CancelAt cancel) {
            lane.cancel(cancel.key(), cancel.attempt(), cancel.reason(), now);
        } else if (effect instanceof RouterEffect.RevalueAt change) {
            lane.revalue(
                    change.key(),
                    change.attempt(),
                    change.priority(),
                    change.criticalPathMillis(),
                    now);
        } else if (effect instanceof RouterEffect.RecheckAt recheck) {
            lane.recheck(recheck.release(), now);
        }
    }

    private Lane lane(String instanceId) {
        return lanes.computeIfAbsent(
                instanceId, id -> new Lane(id, new Saved(LaneState.EMPTY, new HeapPendingStore())));
    }

    private void apply(LaneEffect effect) {
        if (world().trace.isOn()) {
            world().trace(name() + " " + Wording.of(effect));
        }
        if (effect instanceof LaneEffect.Command command) {
            if (command instanceof LaneEffect.Dispatch d) {
                world().history.decided(d, world().now());
            }
            int partition = command.address().dispatchPartition();
            dispatch.write(() -> world().dispatch.append(partition, command));
        } else if (effect instanceof LaneEffect.Released released) {
            release(released.release());
        }
    }

    private void release(Release release) {
        if (settle != null && release.reason().kind() == ReleaseReason.Kind.CLOSE) {
            settle.send(new Message.Closed(closedBy(release)));
            return;
        }
        handbacks.write(() -> world().handbacks.append((Object) release.key(), release));
    }

    private SettledRequest closedBy(Release release) {
        return new SettledRequest(
                release.key(),
                release.reason().outcome() == Outcome.EVICTED_CONTEXT_CANCELLED
                        ? Outcome.EVICTED_CONTEXT_CANCELLED
                        : Outcome.EVICTED_TTL,
                release.attempt(),
                release.fromInstance(),
                null,
                world().now(),
                null,
                release.message(),
                null,
                null,
                null);
    }

    /** What follows each input of a lane. */
    private void settle(Lane lane) {
        if (lane.scheduler.isForgettable()) {
            lanes.remove(lane.id);
        } else {
            planWakeup(lane);
        }
    }

    private void planWakeup(Lane lane) {
        long next = Math.max(lane.scheduler.nextWakeupMillis(), carefulFromMillis);
        if (next < lane.plannedMillis) {
            lane.plannedMillis = next;
            world().agenda.at(next, () -> wakeup(lane, next));
        }
    }

    private void wakeup(Lane lane, long planned) {
        if (attempt().isRunning() && lanes.get(lane.id) == lane && lane.plannedMillis == planned) {
            lane.plannedMillis = PendingRequest.NEVER;
            lane.scheduler.wakeup(clock(), laneNow());
            settle(lane);
        }
    }

    @Override
    Object snapshot() {
        Map<String, Saved> saved = new TreeMap<>();
        lanes.forEach(
                (id, lane) -> saved.put(id, new Saved(lane.scheduler.state(), lane.store.copy())));
        return new State(saved, policies, world().now());
    }

    @Override
    void forward(Message.Barrier barrier) {
        dispatch.flush();
        handbacks.flush();
        if (settle != null) {
            settle.send(barrier);
        }
    }

    /** Whether it has written releases that are not in the log. */
    boolean isHandingBack() {
        return handbacks.isBehind();
    }

    void abandon(long flushAfterMillis) {
        dispatch.abandon(flushAfterMillis);
        handbacks.abandon(flushAfterMillis);
    }

    /** Names a lane of an idle system that has not got all its places back, or null. */
    @Nullable String leak() {
        boolean ahead = Setup.lane(policies.lanes()).policies().batching().looksAhead();
        int all = SimWorker.SEQUENCES + (ahead ? 1 : 0);
        for (Lane lane : lanes.values()) {
            int free = lane.scheduler.freeSequences();
            if (lane.store.size() > 0 || (free != 0 && free < all)) {
                return "%s: %d free places, %d entries".formatted(lane.id, free, lane.store.size());
            }
        }
        return null;
    }

    /** Whether nothing waits and nothing runs. */
    boolean isQuiet() {
        return lanes.values().stream()
                .allMatch(l -> l.scheduler.queueLength() == 0 && l.scheduler.inFlight() == 0);
    }
}
