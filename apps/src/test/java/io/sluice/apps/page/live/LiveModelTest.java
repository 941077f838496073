package io.sluice.apps.page.live;

import io.sluice.schemas.avro.DecisionKind;
import io.sluice.schemas.avro.Outcome;
import io.sluice.schemas.avro.SlaScope;
import io.sluice.schemas.avro.WorkerEventType;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What is shown of records: the fleet, queues, latencies, outcomes and targets. */
class LiveModelTest {

    private static final long NOW = 1_800_000_000_000L;
    private static final int LAST = SlotRing.SLOTS - 1;

    private final LiveModel model = new LiveModel();

    private LiveSnapshot snapshot() {
        return model.snapshot(NOW);
    }

    private LiveSnapshot.InstanceView onlyInstance() {
        assertThat(snapshot().fleet().instances()).hasSize(1);
        return snapshot().fleet().instances().get(0);
    }

    @Test
    void anInstanceIsAsItsLastHeartbeatSays() {
        model.event(Records.heartbeat("gpu-1", 1, 8, 5, NOW - 9_000).build(), NOW - 9_000);
        model.event(Records.heartbeat("gpu-1", 2, 3, 1, NOW - 4_000).build(), NOW - 4_000);

        LiveSnapshot.InstanceView seen = onlyInstance();
        assertThat(seen.running()).isEqualTo(3);
        assertThat(seen.waiting()).isEqualTo(1);
        assertThat(seen.maxSequences()).isEqualTo(8);
        assertThat(seen.kvUse()).isEqualTo(0.25, within(1e-9));
        assertThat(seen.hardware()).isEqualTo("A100_7B");
        assertThat(seen.silentMillis()).isEqualTo(4_000);
        assertThat(seen.draining()).isFalse();
    }

    @Test
    void whatIsHeardAgainOrFromAReplacedProcessChangesNothing() {
        model.event(Records.heartbeat("gpu-1", 7, 3, 0, NOW).setIncarnation(2).build(), NOW);
        model.event(Records.heartbeat("gpu-1", 7, 9, 0, NOW).setIncarnation(2).build(), NOW);
        model.event(Records.heartbeat("gpu-1", 99, 9, 0, NOW).setIncarnation(1).build(), NOW);

        assertThat(onlyInstance().running()).isEqualTo(3);
        assertThat(snapshot().oddities().repeatedEvents()).isEqualTo(2);
    }

    @Test
    void anInstanceDrainsUntilItSaysOtherwiseOrIsRegisteredAgain() {
        model.event(Records.heartbeat("gpu-1", 1, 3, 0, NOW).build(), NOW);
        draining(2, true);
        assertThat(onlyInstance().draining()).isTrue();
        draining(3, false);
        assertThat(onlyInstance().draining()).isFalse();
        draining(4, true);

        model.event(
                Records.event(WorkerEventType.REGISTERED, "gpu-1", 1, NOW)
                        .setIncarnation(2)
                        .build(),
                NOW);
        assertThat(onlyInstance().draining()).isFalse();
    }

    private void draining(long seq, boolean now) {
        model.event(
                Records.event(WorkerEventType.DRAINING, "gpu-1", seq, NOW).setDraining(now).build(),
                NOW);
    }

    @Test
    void theLargestClockSkewOfTheLastMinuteIsShown() {
        model.event(Records.heartbeat("gpu-1", 1, 0, 0, NOW + 90_000).build(), NOW - 70_000);
        assertThat(onlyInstance().skewMillis()).isZero();

        model.event(Records.heartbeat("gpu-1", 2, 0, 0, NOW - 37_000).build(), NOW - 30_000);
        model.event(Records.heartbeat("gpu-1", 3, 0, 0, NOW + 2_000).build(), NOW);
        assertThat(onlyInstance().skewMillis()).isEqualTo(-7_000);
    }

    @Test
    void instancesThatAreSilentForLongAreForgottenAndTooManyAreCounted() {
        model.event(Records.heartbeat("old", 1, 0, 0, NOW).build(), NOW - 1_000_000);
        for (int i = 0; i < Fleet.MOST_INSTANCES + 3; i++) {
            model.event(Records.heartbeat("gpu-" + i, 1, 0, 0, NOW).build(), NOW);
        }

        assertThat(snapshot().fleet().instances())
                .hasSize(Fleet.MOST_INSTANCES)
                .extracting(LiveSnapshot.InstanceView::id)
                .doesNotContain("old");
        assertThat(snapshot().fleet().others()).isEqualTo(3);
    }

    @Test
    void latenciesAreOfTheSlotInWhichTheyWereReported() {
        for (int i = 1; i <= 100; i++) {
            model.event(firstToken(i, i * 10.0), NOW);
        }
        model.event(firstToken(101, 7.0), NOW - 60_000);
        model.event(firstToken(102, -5.0), NOW);
        model.event(firstToken(103, 5.0), NOW - 2_000_000);

        LiveSnapshot.Percentiles ttft = snapshot().series().ttft();
        assertThat(ttft.counts().get(LAST)).isEqualTo(100);
        assertThat(ttft.p50().get(LAST)).isEqualTo(500, within(500 * 0.01));
        assertThat(ttft.p99().get(LAST)).isEqualTo(990, within(990 * 0.01));
        assertThat(ttft.p50().get(LAST - 12)).isEqualTo(7, within(0.1));
        assertThat(ttft.p50().get(LAST - 1)).isNull();
        assertThat(ttft.counts().stream().mapToLong(Long::longValue).sum()).isEqualTo(101);
        assertThat(snapshot().oddities().invalidLatencies()).isEqualTo(1);
    }

    private static io.sluice.schemas.avro.WorkerEvent firstToken(long seq, double millis) {
        return Records.event(WorkerEventType.FIRST_TOKEN, "gpu-1", seq, NOW)
                .setTtftMs(millis)
                .build();
    }

    @Test
    void aQueueHoldsWhatWasAssignedAndNeitherDispatchedNorReleasedNorEnded() {
        for (String request : List.of("a", "b", "c", "d", "e")) {
            route(request, "gpu-1", 4);
        }
        route("a", "gpu-1", 4);
        model.decision(
                Records.decision(DecisionKind.DISPATCH, "b", "gpu-1").setQueueLength(4).build());
        model.decision(Records.decision(DecisionKind.RELEASE, "c", "gpu-1").build());
        model.decision(Records.decision(DecisionKind.RELEASE, "c", "gpu-1").build());
        model.outcome(Records.outcome("d", Outcome.EvictedContextCancelled), NOW);
        route("e", "gpu-2", -1);

        assertThat(lane("gpu-1").known()).containsExactly(1, 0, 0, 0, 0, 0);
        assertThat(lane("gpu-2").known()).containsExactly(0, 0, 0, 0, 0, 1);
        assertThat(snapshot().queues().classes())
                .containsExactly("P0", "P1", "P2", "P3", "P4", "shed");
    }

    @Test
    void whatWasAssignedBeforeThePageBeganIsKnownByNumber() {
        route("a", "gpu-1", 0);
        model.decision(
                Records.decision(DecisionKind.DISPATCH, "z", "gpu-1").setQueueLength(12).build());
        assertThat(lane("gpu-1").unknown()).isEqualTo(11);

        model.decision(
                Records.decision(DecisionKind.DISPATCH, "a", "gpu-1").setQueueLength(0).build());
        assertThat(lane("gpu-1").unknown()).isZero();
    }

    /** Partitions are read in any order, so a length may be heard before who is behind it. */
    @Test
    void aLengthIsOfItsTimeWhateverIsReadFirst() {
        length(DecisionKind.DISPATCH, 3, 5_000);
        length(DecisionKind.DISPATCH, 9, 1_000);
        for (String request : List.of("a", "b")) {
            assign(request, 4_000);
        }
        assign("later", 6_000);
        assertThat(lane("gpu-1").unknown()).isEqualTo(1);

        length(DecisionKind.RELEASE, 0, 7_000);
        assertThat(lane("gpu-1").unknown()).isZero();
    }

    private void length(DecisionKind kind, int length, long at) {
        model.decision(
                Records.decision(kind, "gone" + at, "gpu-1")
                        .setQueueLength(length)
                        .setDecidedAt(Instant.ofEpochMilli(at))
                        .build());
    }

    private void assign(String request, long at) {
        model.decision(
                Records.decision(DecisionKind.ROUTE, request, "gpu-1")
                        .setDecidedAt(Instant.ofEpochMilli(at))
                        .build());
    }

    private void route(String request, String instance, int priority) {
        model.decision(
                Records.decision(DecisionKind.ROUTE, request, instance)
                        .setPriority(priority)
                        .build());
    }

    private LiveSnapshot.LaneView lane(String instance) {
        return snapshot().queues().lanes().stream()
                .filter(lane -> lane.instance().equals(instance))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void outcomesAreCountedByKindAndTime() {
        model.outcome(Records.outcome("a", Outcome.Completed), NOW);
        model.outcome(Records.outcome("b", Outcome.Completed), NOW - 5_000);
        model.outcome(Records.outcome("c", Outcome.Failed), NOW - 5_000);
        model.outcome(Records.outcome("d", Outcome.Failed), NOW - 2_000_000);

        LiveSnapshot seen = snapshot();
        assertThat(seen.outcomes()).hasSize(2).containsEntry("Completed", 2L);
        assertThat(seen.outcomes()).containsEntry("Failed", 1L);
        assertThat(seen.series().outcomes().get("Completed")).endsWith(1L, 1L).hasSize(180);
        assertThat(seen.outcomesAsOfMillis()).isEqualTo(NOW);
    }

    @Test
    void theNewestValueOfAWindowReplacesTheEarlierAndLongerOnesAreNotAdded() {
        long start = NOW - 60_000;
        model.window(Records.window(SlaScope.PRIORITY, "P0", start, 10_000, 5, 5));
        model.window(Records.window(SlaScope.PRIORITY, "P0", start, 10_000, 10, 8));
        model.window(Records.window(SlaScope.PRIORITY, "P0", start + 10_000, 10_000, 10, 9));
        model.window(Records.window(SlaScope.PRIORITY, "P0", start, 60_000, 99, 99));
        model.window(Records.window(SlaScope.TENANT, "acme", start, 10_000, 4, 4));

        LiveSnapshot.AttainmentView seen = snapshot().attainment();
        assertThat(seen.classes()).hasSize(1);
        assertThat(seen.classes().get(0).joint()).isEqualTo(new LiveSnapshot.Met(20, 17));
        assertThat(seen.classes().get(0).settled()).isEqualTo(20);
        assertThat(seen.tenants().get(0).name()).isEqualTo("acme");
        assertThat(seen.untilMillis()).isEqualTo(start + 20_000);
    }

    @Test
    void windowsOfMoreThanAQuarterOfAnHourAgoAreForgotten() {
        model.window(Records.window(SlaScope.ALL, "all", NOW - 1_000_000, 10_000, 5, 0));
        model.window(Records.window(SlaScope.ALL, "all", NOW, 10_000, 5, 5));

        assertThat(snapshot().attainment().all().get(0).joint())
                .isEqualTo(new LiveSnapshot.Met(5, 5));
    }

    @Test
    void thousandsOfTenantsBecomeFewRowsWithTheSameSum() {
        for (int i = 0; i < 3_000; i++) {
            model.window(Records.window(SlaScope.TENANT, "t" + i, NOW, 10_000, 2, 1));
        }

        LiveSnapshot.AttainmentView seen = snapshot().attainment();
        assertThat(seen.tenants()).hasSize(Attainment.MOST_ROWS + 1);
        assertThat(seen.tenants().get(Attainment.MOST_ROWS).name()).isEqualTo("other");
        assertThat(seen.leftOut()).isEqualTo(3_000 - Attainment.MOST_GROUPS);
        assertThat(seen.tenants().stream().mapToLong(LiveSnapshot.AttainmentRow::settled).sum())
                .isEqualTo(2L * Attainment.MOST_GROUPS);
    }

    @Test
    void aSelectionIsOfEachScopeByItself() {
        model.window(Records.window(SlaScope.TENANT, "acme", NOW, 10_000, 2, 1));
        model.window(Records.window(SlaScope.TENANT, "globex", NOW, 10_000, 2, 1));
        model.window(Records.window(SlaScope.MODEL, "llama-8b", NOW, 10_000, 4, 2));
        model.window(Records.window(SlaScope.PRIORITY, "P0", NOW, 10_000, 4, 2));
        route("a", "gpu-1", 4);
        route("b", "gpu-2", 4);

        LiveSnapshot seen = model.snapshot(NOW, new Selection("Glo", "p1", "", "2"));
        assertThat(seen.attainment().tenants())
                .extracting(LiveSnapshot.AttainmentRow::name)
                .containsExactly("globex");
        assertThat(seen.attainment().classes()).isEmpty();
        assertThat(seen.attainment().models()).hasSize(1);
        assertThat(seen.queues().lanes())
                .extracting(LiveSnapshot.LaneView::instance)
                .containsExactly("gpu-2");
    }

    @Test
    void aTickIsNoInstanceAndOnlyMovesTheTime() {
        long before = model.version();
        model.event(Records.event(WorkerEventType.TICK, "", 1, NOW).build(), NOW);

        assertThat(snapshot().fleet().instances()).isEmpty();
        assertThat(snapshot().eventsAsOfMillis()).isEqualTo(NOW);
        assertThat(model.version()).isEqualTo(before);
        assertThat(Instant.ofEpochMilli(snapshot().nowMillis()))
                .isEqualTo(Instant.ofEpochMilli(NOW));
    }
}
