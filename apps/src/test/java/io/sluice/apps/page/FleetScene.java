package io.sluice.apps.page;

import io.sluice.apps.page.live.LiveModel;
import io.sluice.apps.page.live.Records;
import io.sluice.apps.page.live.SloRecords;
import io.sluice.schemas.avro.AlertSeverity;
import io.sluice.schemas.avro.DecisionKind;
import io.sluice.schemas.avro.Outcome;
import io.sluice.schemas.avro.SlaScope;
import io.sluice.schemas.avro.SloObjective;
import io.sluice.schemas.avro.SloScope;
import io.sluice.schemas.avro.WorkerEventType;

import java.time.Instant;
import java.util.List;
import java.util.Random;

/**
 * A fleet of 50 instances for 20 tenants with three objectives for each, and what goes on in it.
 */
final class FleetScene {

    static final int INSTANCES = 50;
    static final int TENANTS = 20;

    private static final List<String> BANDS = List.of("P0", "P1", "P2", "P3", "P4", "shed");
    private static final List<SloObjective> OBJECTIVES =
            List.of("ttft", "done", "joint").stream()
                    .map(id -> SloRecords.objective(id).setPer(SloScope.TENANT).build())
                    .toList();

    private final LiveModel model;
    private final Random random = new Random(11);
    private long seq;
    private int requests;

    FleetScene(LiveModel model) {
        this.model = model;
    }

    /** A quarter of an hour of windows, queues of 20 everywhere, and six alerts. */
    void play(long now) {
        for (long start = now - 15 * 60_000; start < now; start += 10_000) {
            windows(start);
        }
        for (int i = 0; i < INSTANCES * 20; i++) {
            route(i % INSTANCES, now);
        }
        for (int i = 0; i < 6; i++) {
            model.alert(
                    SloRecords.alert(OBJECTIVES.get(i % 3), tenant(i), AlertSeverity.PAGE, now)
                            .setCauses(List.of(SloRecords.lost(instance(i), now)))
                            .build());
        }
        for (int i = 0; i < 20; i++) {
            step(now - 20_000 + i * 1_000L);
        }
    }

    private static String tenant(int i) {
        return "tenant-" + i % TENANTS;
    }

    private static String instance(int i) {
        return "gpu-%02d-a100-7b".formatted(i % INSTANCES);
    }

    /** A quarter of a second: each instance reports, runs end and begin, statuses change. */
    void step(long now) {
        for (int i = 0; i < INSTANCES; i++) {
            run(i, now);
            dispatch(i, now);
            route(i, now);
        }
        for (SloObjective objective : OBJECTIVES) {
            for (int i = 0; i < TENANTS; i++) {
                long[] counts = {1_000 + random.nextInt(1_000), random.nextInt(150)};
                model.status(
                        SloRecords.status(objective, SloScope.TENANT, tenant(i), counts, now)
                                .build());
            }
        }
        windows(now / 10_000 * 10_000);
    }

    private void run(int i, long now) {
        String instance = instance(i);
        model.event(
                Records.heartbeat(instance, ++seq, random.nextInt(9), random.nextInt(4), now)
                        .build(),
                now);
        model.event(
                Records.event(WorkerEventType.FIRST_TOKEN, instance, ++seq, now)
                        .setTtftMs(200 + random.nextDouble() * 900)
                        .build(),
                now);
        model.event(
                Records.event(WorkerEventType.COMPLETED, instance, ++seq, now)
                        .setTpotMs(30 + random.nextDouble() * 20)
                        .setOutputTokens(100 + random.nextInt(300))
                        .build(),
                now);
        model.outcome(Records.outcome("out" + seq, Outcome.Completed), now);
    }

    private void route(int lane, long now) {
        model.decision(
                Records.decision(DecisionKind.ROUTE, "r" + requests++, instance(lane))
                        .setFairnessId(tenant(requests))
                        .setPriority(random.nextInt(6) - 1)
                        .setDecidedAt(Instant.ofEpochMilli(now))
                        .setQueueWaitMs((long) random.nextInt(9_000))
                        .setPredictedStartAt(Instant.ofEpochMilli(now + 4_000))
                        .build());
    }

    private void dispatch(int lane, long now) {
        int oldest = Math.max(0, requests - INSTANCES * 20);
        model.decision(
                Records.decision(DecisionKind.DISPATCH, "r" + oldest, instance(lane))
                        .setFairnessId(tenant(oldest + 1))
                        .setPolicy("priority:max-overtake=30s")
                        .setPolicyVersion(0L)
                        .setReason("class P1, by submission; counts as submitted 6000 ms later")
                        .setQueueLength(20)
                        .setDecidedAt(Instant.ofEpochMilli(now))
                        .build());
    }

    private void windows(long start) {
        for (int i = 0; i < TENANTS; i++) {
            window(SlaScope.TENANT, tenant(i), start);
        }
        for (int i = 0; i < INSTANCES; i++) {
            window(SlaScope.INSTANCE, instance(i), start);
        }
        BANDS.forEach(band -> window(SlaScope.PRIORITY, band, start));
        window(SlaScope.ALL, "all", start);
    }

    private void window(SlaScope scope, String value, long start) {
        int settled = 5 + random.nextInt(20);
        int met = settled - random.nextInt(3);
        model.window(Records.window(scope, value, start, 10_000, settled, met));
    }
}
