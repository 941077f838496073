package io.sluice.apps.worker;

import io.sluice.core.kernel.LaneEffect.Behind;
import io.sluice.core.model.InstanceCapacity;
import io.sluice.sim.engine.EngineCounters;
import io.sluice.sim.engine.EngineSnapshot;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class OccupancyTest {

    private static final long SECOND = 1_000_000_000;
    private static final int SLOTS = 2;
    private static final long KV_TOKENS = 1_000;

    private final Occupancy occupancy =
            new Occupancy(new InstanceCapacity(List.of(), SLOTS, KV_TOKENS, 1_000, 0, 0, 1, 1), 0);
    private long now;

    @Test
    void losesTimeWhileAPlaceIsFreeAndTheLaneHasRequests() {
        occupancy.dispatched(new Behind(5, 100));
        forOneSecond(1, 0, 100);
        assertThat(occupancy.busyNanos()).isEqualTo(SECOND);
        assertThat(occupancy.idleWhileQueuedNanos()).isEqualTo(SECOND);
    }

    @Test
    void losesNoneWhileTheLaneIsEmptyOrUnknown() {
        forOneSecond(0, 0, 0);
        occupancy.dispatched(Behind.NOTHING);
        forOneSecond(1, 0, 100);
        assertThat(occupancy.idleWhileQueuedNanos()).isZero();
        assertThat(occupancy.busyNanos()).isEqualTo(SECOND);
    }

    @Test
    void losesNoneWhileSomethingWaitsOrNoSlotIsFree() {
        occupancy.dispatched(new Behind(5, 100));
        forOneSecond(1, 1, 200);
        forOneSecond(2, 0, 200);
        assertThat(occupancy.idleWhileQueuedNanos()).isZero();
    }

    @Test
    void losesNoneWhileTheNextWouldNotFit() {
        occupancy.dispatched(new Behind(5, 450));
        forOneSecond(1, 0, 551);
        assertThat(occupancy.idleWhileQueuedNanos()).isZero();
        forOneSecond(1, 0, 550);
        assertThat(occupancy.idleWhileQueuedNanos()).isEqualTo(SECOND);
    }

    @Test
    void anIncarnationCountsFromItsBeginning() {
        occupancy.dispatched(new Behind(5, 100));
        forOneSecond(1, 0, 100);
        occupancy.begin();
        forOneSecond(1, 0, 100);
        EngineStatus status = occupancy.status(engine(1, 0));
        assertThat(status.busyMillis()).isEqualTo(1_000);
        // What the lane had belongs to the life before.
        assertThat(status.idleWhileQueuedMillis()).isZero();
        assertThat(occupancy.busyNanos()).isEqualTo(2 * SECOND);
    }

    private void forOneSecond(int running, int waiting, long reserved) {
        occupancy.observe(now, engine(running, waiting), reserved, false);
        now += SECOND;
        occupancy.observe(now, engine(running, waiting), reserved, true);
    }

    private EngineSnapshot engine(int running, int waiting) {
        return new EngineSnapshot(
                now,
                names(running),
                names(waiting),
                SLOTS,
                KV_TOKENS,
                KV_TOKENS,
                new EngineCounters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }
}
