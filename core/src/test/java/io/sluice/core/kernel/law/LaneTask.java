package io.sluice.core.kernel.law;

import io.sluice.core.kernel.HeapPendingStore;
import io.sluice.core.kernel.InstanceScheduler;
import io.sluice.core.kernel.InstanceState;
import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.kernel.LaneEntry;
import io.sluice.core.kernel.LaneSettings;
import io.sluice.core.kernel.LaneState;
import io.sluice.core.kernel.LogClock;
import io.sluice.core.model.InstanceCapacity;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One lane as a job hosts it: its object may be made again at any time, its state goes back to the
 * checkpoint in a crash. Watches what the lane promises about credits.
 */
final class LaneTask {

    /** What a checkpoint holds of it. */
    record Snapshot(LaneState state, HeapPendingStore store) {}

    private final String laneId;
    private final LaneSettings settings;
    private final Consumer<LaneEffect> effects;

    private HeapPendingStore store = new HeapPendingStore();
    private InstanceScheduler lane;
    private boolean epochKnown;
    private long logMillis = LogClock.UNREAD;

    LaneTask(String laneId, LaneSettings settings, Consumer<LaneEffect> effects) {
        this.laneId = laneId;
        this.settings = settings;
        this.effects = effects;
        make(LaneState.EMPTY);
    }

    private void make(LaneState state) {
        lane = new InstanceScheduler(laneId, settings, state, store, this::carryOut);
    }

    InstanceScheduler lane() {
        return lane;
    }

    int entries() {
        return store.size();
    }

    void logReached(long millis) {
        logMillis = Math.max(logMillis, millis);
    }

    void startEpoch(long epoch, long now) {
        epochKnown = true;
        lane.startEpoch(epoch, now);
    }

    boolean knowsEpoch() {
        return epochKnown;
    }

    void wakeupIfDue(long now) {
        if (lane.nextWakeupMillis() <= now) {
            lane.wakeup(partition -> logMillis, now);
        }
    }

    /** The object was dropped from memory; the job attempt goes on. */
    void rebuild(long epoch, long now) {
        store = store.copy();
        make(lane.state());
        if (epochKnown) {
            lane.startEpoch(epoch, now);
        }
    }

    /** A lane that need not be remembered is not. */
    void forgetIfPossible(long epoch, long now) {
        if (lane.isForgettable()) {
            assertThat(store.size()).as("entries of a forgotten lane").isZero();
            make(LaneState.EMPTY);
            if (epochKnown) {
                lane.startEpoch(epoch, now);
            }
        }
    }

    Snapshot snapshot() {
        return new Snapshot(lane.state(), store.copy());
    }

    void restore(Snapshot snapshot) {
        epochKnown = false;
        logMillis = LogClock.UNREAD;
        store = snapshot.store().copy();
        make(snapshot.state());
    }

    private void carryOut(LaneEffect effect) {
        if (effect instanceof LaneEffect.Dispatch) {
            assertThat(lane.freeSequences()).as("places after %s", effect).isNotNegative();
            assertThat(lane.freeTokens()).as("tokens after %s", effect).isNotNegative();
        }
        effects.accept(effect);
    }

    /**
     * Nothing waits that fits what is plainly free, look-ahead aside. The one excuse is a head that
     * has been passed often enough.
     */
    void assertNotIdle() {
        if (!epochKnown || lane.state().instances().size() != 1) {
            return;
        }
        InstanceState instance = lane.state().instances().get(0);
        if (instance.dead() || instance.draining() || instance.awaitedSyncSeq() != 0) {
            return;
        }
        List<LaneEntry> waiting = new ArrayList<>();
        long places = instance.capacity().maxSequences();
        long tokens = instance.capacity().kvTokens();
        for (LaneEntry entry : store.all()) {
            if (entry.run() == null) {
                waiting.add(entry);
            } else {
                places--;
                tokens -= entry.run().reservedTokens();
            }
        }
        boolean excused =
                waiting.stream().anyMatch(entry -> entry.passes() >= settings.maxPasses());
        if (places > 0 && !excused) {
            for (LaneEntry entry : waiting) {
                assertThat(charge(entry, instance.capacity()))
                        .as("%s waits in %s with %d places free", entry.key(), laneId, places)
                        .isGreaterThan(tokens);
            }
        }
    }

    private static long charge(LaneEntry entry, InstanceCapacity capacity) {
        return Math.min(entry.request().reservedTokens(), capacity.kvTokens());
    }
}
