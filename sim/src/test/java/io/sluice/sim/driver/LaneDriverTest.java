package io.sluice.sim.driver;

import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.kernel.LaneSettings;
import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.Passengers;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.SloTarget;
import io.sluice.core.model.WorkerReport;
import io.sluice.core.model.WorkerReport.ReportOrigin;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.core.policy.admission.FitsInstance;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

class LaneDriverTest {

    private static final LaneSettings SETTINGS =
            LaneSettings.of(PolicyCatalog.ordering("fcfs"), new FitsInstance());
    private static final InstanceCapacity CAPACITY =
            new InstanceCapacity(List.of(), 1, 1_000, 1_000, 0, 0, 0.1, 10);

    /** What a lane wanted, and when. */
    private record Decided(long atMillis, String instanceId, LaneEffect effect) {}

    private final List<Decided> decided = new ArrayList<>();
    private LaneDriver driver = new LaneDriver(SETTINGS, this::decided);

    private void decided(long now, String instanceId, LaneEffect effect) {
        decided.add(new Decided(now, instanceId, effect));
    }

    @Test
    void lanesAreWokenAtTheirOwnTimesOnALongWay() {
        driver.take(new LaneEvent.EpochStarted(7));
        driver.take(assign("gpu-2", expiring("late", 4_000)));
        driver.take(assign("gpu-1", expiring("early", 1_003)));

        driver.advanceTo(60_000);

        assertThat(decided)
                .extracting(Decided::atMillis, Decided::instanceId, d -> reason(d.effect()))
                .containsExactly(
                        tuple(1_010L, "gpu-1", ReleaseReason.EXPIRED),
                        tuple(4_000L, "gpu-2", ReleaseReason.EXPIRED));
        assertThat(driver.nowMillis()).isEqualTo(60_000);
        assertThat(driver.nextWakeupMillis())
                .as("both lanes are empty and forgotten")
                .isEqualTo(PendingRequest.NEVER);
    }

    @Test
    void aWorkerInStepGetsWorkAndASilentOneIsDeadByTheTimeOfItsLog() {
        bringInStep("gpu-1");
        driver.take(assign("gpu-1", expiring("r", PendingRequest.NEVER)));
        assertThat(last()).isInstanceOf(LaneEffect.Dispatch.class);

        driver.advanceTo(20_000);
        assertThat(last()).as("the clock kills nobody").isInstanceOf(LaneEffect.Dispatch.class);
        driver.take(new LaneEvent.Ticked(0, 6_000));
        driver.advanceTo(22_000);

        assertThat(reason(last())).isEqualTo(ReleaseReason.LOST);
    }

    @Test
    void aRestoredLaneSendsNothingBeforeItHasTakenStock() {
        bringInStep("gpu-1");
        driver.take(assign("gpu-1", expiring("sent", PendingRequest.NEVER)));
        driver.take(assign("gpu-1", expiring("sent ahead", PendingRequest.NEVER)));
        driver.take(assign("gpu-1", expiring("waiting", 3_000)));
        LaneCheckpoint checkpoint = driver.checkpoint();
        driver.take(new LaneEvent.Cancel("gpu-1", key("waiting"), 1, "after the checkpoint"));
        decided.clear();

        driver = new LaneDriver(SETTINGS, this::decided, checkpoint, 5_000);
        driver.advanceTo(5_000);
        assertThat(decided).as("overdue, but its worker may hold it").isEmpty();
        driver.take(new LaneEvent.EpochStarted(8));
        LaneEffect.Sync sync = (LaneEffect.Sync) last();
        driver.take(heartbeat("gpu-1", 3, 8, sync.address().seq()));

        assertThat(decided.subList(1, decided.size()))
                .extracting(d -> reason(d.effect()))
                .containsExactly(ReleaseReason.LOST, ReleaseReason.LOST, ReleaseReason.EXPIRED);
    }

    @Test
    void theWakeUpGoesWithTheLane() {
        driver.take(new LaneEvent.EpochStarted(7));
        driver.take(assign("gpu-1", expiring("r", 4_000)));
        assertThat(driver.nextWakeupMillis()).isEqualTo(4_000);

        driver.take(new LaneEvent.Cancel("gpu-1", key("r"), 1, "not wanted"));

        assertThat(driver.nextWakeupMillis()).isEqualTo(PendingRequest.NEVER);
    }

    @Test
    void timeDoesNotGoBack() {
        driver.advanceTo(10);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> driver.advanceTo(9))
                .withMessage("it is 10 ms already, time cannot go back to 9 ms");
    }

    private void bringInStep(String instanceId) {
        driver.take(new LaneEvent.EpochStarted(7));
        driver.take(
                new LaneEvent.Reported(
                        new WorkerReport.Registered(origin(instanceId, 1, 0), CAPACITY)));
        LaneEffect.Sync sync = (LaneEffect.Sync) last();
        driver.take(heartbeat(instanceId, 2, 7, sync.address().seq()));
    }

    private static LaneEvent heartbeat(String instanceId, long seq, long epoch, long syncSeq) {
        return new LaneEvent.Reported(
                new WorkerReport.Heartbeat(
                        origin(instanceId, seq, epoch), CAPACITY, List.of(), syncSeq, false));
    }

    private static ReportOrigin origin(String instanceId, long seq, long epoch) {
        return new ReportOrigin(instanceId, 1, seq, epoch, 100);
    }

    private LaneEffect last() {
        return decided.get(decided.size() - 1).effect();
    }

    private static ReleaseReason reason(LaneEffect effect) {
        return ((LaneEffect.Released) effect).release().reason();
    }

    private static LaneEvent assign(String instanceId, PendingRequest request) {
        return new LaneEvent.Assign(instanceId, request, 1);
    }

    private static RequestKey key(String id) {
        return new RequestKey("tenant", id);
    }

    private static PendingRequest expiring(String id, long expiresAtMillis) {
        return new PendingRequest(
                key(id),
                "m",
                0,
                0,
                expiresAtMillis,
                PendingRequest.NEVER,
                10,
                10,
                0,
                SloTarget.NONE,
                null,
                null,
                Passengers.createdAt(0));
    }
}
