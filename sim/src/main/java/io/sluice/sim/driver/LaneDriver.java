package io.sluice.sim.driver;

import io.sluice.core.kernel.HeapPendingStore;
import io.sluice.core.kernel.InstanceScheduler;
import io.sluice.core.kernel.LaneSettings;
import io.sluice.core.kernel.LaneState;
import io.sluice.core.kernel.LogClock;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.policy.LanePolicies;
import io.sluice.sim.driver.Wakeups.Wakeup;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Hosts lanes of one instance each on a virtual clock, with the same manners as the scheduler job:
 *
 * <ul>
 *   <li>A lane comes into being when something first concerns it, and is forgotten when nothing
 *       would be lost by it.
 *   <li>Each lane has one wake-up, which is only ever moved to an earlier time, or taken back if
 *       the lane waits for nothing.
 *   <li>The start of an epoch moves no wake-up: a lane that has something to wait for has one.
 *   <li>Nor does a change of policies, which waits for the first epoch.
 *   <li>How far the workers' log has been read is not part of a checkpoint: a restored host
 *       declares nobody dead before it has read again.
 * </ul>
 *
 * <p>Single-threaded and deterministic. All times are virtual milliseconds.
 */
public final class LaneDriver {

    private static final long NO_EPOCH = 0;

    /** A lane and what it stores its entries in. */
    private record Hosted(InstanceScheduler scheduler, HeapPendingStore entries) {}

    private final LaneListener listener;
    private final Map<String, Hosted> lanes = new TreeMap<>();
    private final Map<Integer, Long> logMillis = new HashMap<>();
    private final LogClock log = p -> logMillis.getOrDefault(p, LogClock.UNREAD);
    private final Wakeups wakeups;
    private LaneSettings settings;
    private @Nullable LanePolicies awaitingEpoch;
    private long epoch = NO_EPOCH;
    private long now;

    /**
     * Creates a host without lanes, at time 0 and before the first epoch.
     *
     * @param settings of every lane
     * @param listener hears what they want done
     */
    public LaneDriver(LaneSettings settings, LaneListener listener) {
        this(settings, listener, LaneCheckpoint.EMPTY, 0);
    }

    /**
     * Restores lanes. They take stock until the next epoch has started; wake-ups that are overdue
     * happen as soon as the clock is set.
     *
     * @param settings of every lane
     * @param listener hears what they want done
     * @param checkpoint what they remember
     * @param nowMillis current time
     */
    public LaneDriver(
            LaneSettings settings,
            LaneListener listener,
            LaneCheckpoint checkpoint,
            long nowMillis) {
        this.settings = settings;
        this.listener = listener;
        this.wakeups = new Wakeups(checkpoint.wakeups());
        this.now = nowMillis;
        checkpoint
                .lanes()
                .forEach(
                        (id, lane) -> lanes.put(id, host(id, lane.state(), lane.entries().copy())));
    }

    private Hosted host(String instanceId, LaneState state, HeapPendingStore entries) {
        InstanceScheduler scheduler =
                new InstanceScheduler(
                        instanceId,
                        settings,
                        state,
                        entries,
                        effect -> listener.decided(now, instanceId, effect));
        return new Hosted(scheduler, entries);
    }

    /** Current time. */
    public long nowMillis() {
        return now;
    }

    /** When the next lane is to be woken; {@link PendingRequest#NEVER} if none is. */
    public long nextWakeupMillis() {
        return wakeups.nextMillis();
    }

    /**
     * Lets time pass. Lanes that are to be woken on the way are, each at its own time.
     *
     * @throws IllegalArgumentException if that time is over already
     */
    public void advanceTo(long nowMillis) {
        if (nowMillis < now) {
            throw new IllegalArgumentException(
                    "it is %d ms already, time cannot go back to %d ms".formatted(now, nowMillis));
        }
        for (Wakeup due = wakeups.takeDue(nowMillis);
                due != null;
                due = wakeups.takeDue(nowMillis)) {
            now = Math.max(now, due.millis());
            Hosted lane = lane(due.instanceId());
            lane.scheduler().wakeup(log, now);
            keep(due.instanceId(), lane);
        }
        now = nowMillis;
    }

    /** Takes in what happens now. */
    public void take(LaneEvent event) {
        if (event instanceof LaneEvent.Ticked tick) {
            logMillis.merge(tick.partition(), tick.logMillis(), Math::max);
        } else if (event instanceof LaneEvent.EpochStarted start) {
            startEpoch(start.epoch());
        } else if (event instanceof LaneEvent.PoliciesChosen chosen) {
            choose(chosen.policies().lane());
        } else if (event instanceof LaneEvent.ToLane toLane) {
            Hosted lane = lane(toLane.instanceId());
            take(toLane, lane.scheduler());
            keep(toLane.instanceId(), lane);
        }
    }

    private void startEpoch(long newEpoch) {
        epoch = newEpoch;
        for (Map.Entry<String, Hosted> lane : List.copyOf(lanes.entrySet())) {
            lane.getValue().scheduler().startEpoch(newEpoch, now);
            forgetIfEmpty(lane.getKey(), lane.getValue());
        }
        if (awaitingEpoch != null) {
            LanePolicies chosen = awaitingEpoch;
            awaitingEpoch = null;
            choose(chosen);
        }
    }

    private void choose(LanePolicies policies) {
        if (epoch == NO_EPOCH) {
            awaitingEpoch = policies;
            return;
        }
        settings = settings.with(policies);
        for (Map.Entry<String, Hosted> lane : List.copyOf(lanes.entrySet())) {
            lane.getValue().scheduler().choose(policies, now);
            forgetIfEmpty(lane.getKey(), lane.getValue());
        }
    }

    private void take(LaneEvent.ToLane event, InstanceScheduler lane) {
        if (event instanceof LaneEvent.Assign e) {
            lane.assign(e.request(), e.attempt(), now);
        } else if (event instanceof LaneEvent.AssignedTogether e) {
            lane.assign(e.assignments(), now);
        } else if (event instanceof LaneEvent.Cancel e) {
            lane.cancel(e.key(), e.attempt(), e.reason(), now);
        } else if (event instanceof LaneEvent.Revalue e) {
            lane.revalue(e.key(), e.attempt(), e.priority(), e.criticalPathMillis(), now);
        } else if (event instanceof LaneEvent.Recheck e) {
            lane.recheck(e.release(), now);
        } else if (event instanceof LaneEvent.Drain e) {
            lane.drain(e.instanceId(), e.draining(), now);
        } else if (event instanceof LaneEvent.Reported e) {
            lane.report(e.report(), now);
        } else if (event instanceof LaneEvent.ReportedTogether e) {
            lane.report(e.reports(), now);
        }
    }

    private Hosted lane(String instanceId) {
        Hosted known = lanes.get(instanceId);
        if (known != null) {
            return known;
        }
        Hosted lane = host(instanceId, LaneState.EMPTY, new HeapPendingStore());
        lanes.put(instanceId, lane);
        if (epoch != NO_EPOCH) {
            lane.scheduler().startEpoch(epoch, now);
        }
        return lane;
    }

    private void keep(String instanceId, Hosted lane) {
        forgetIfEmpty(instanceId, lane);
        wakeups.plan(instanceId, lane.scheduler().nextWakeupMillis());
    }

    private void forgetIfEmpty(String instanceId, Hosted lane) {
        if (lane.scheduler().isForgettable()) {
            lanes.remove(instanceId);
        }
    }

    /** What a crash at this moment would leave. */
    public LaneCheckpoint checkpoint() {
        Map<String, LaneCheckpoint.Lane> saved = new HashMap<>();
        lanes.forEach(
                (id, lane) ->
                        saved.put(
                                id,
                                new LaneCheckpoint.Lane(
                                        lane.scheduler().state(), lane.entries().copy())));
        return new LaneCheckpoint(saved, wakeups.saved());
    }
}
