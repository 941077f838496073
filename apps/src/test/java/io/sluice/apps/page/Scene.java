package io.sluice.apps.page;

import io.sluice.apps.page.FeedStatus.State;
import io.sluice.apps.page.live.LiveModel;
import io.sluice.apps.page.live.Records;
import io.sluice.schemas.avro.Outcome;
import io.sluice.schemas.avro.SlaScope;
import io.sluice.schemas.avro.WorkerEventType;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Ten minutes of a small fleet, made up from a seed, and more of it on demand. */
final class Scene {

    private static final List<String> INSTANCES =
            List.of("gpu-1-a100-7b", "gpu-2-a100-7b", "gpu-3-a5000-4b", "gpu-4-a5000-4b");
    private static final List<String> TENANTS = List.of("acme", "batch", "globex", "initech");
    private static final List<String> BANDS = List.of("P0", "P1", "P2", "P4", "shed");
    private static final long STEP_MILLIS = 500;
    private static final long MINUTES_MILLIS = 10 * 60_000;

    private final LiveModel model = new LiveModel();
    private final Random random = new Random(7);
    private final Map<String, Long> seqs = new HashMap<>();
    private volatile FeedStatus feed = new FeedStatus(State.LIVE, 0, "");

    Frames frames() {
        return new Frames(model, () -> feed, "a replay", Clock.systemUTC());
    }

    void feed(State state, String detail) {
        feed = new FeedStatus(state, Clock.systemUTC().millis(), detail);
    }

    private long seq(String instance) {
        return seqs.merge(instance, 1L, Long::sum);
    }

    void play() {
        long now = Clock.systemUTC().millis();
        for (long at = now - MINUTES_MILLIS; at < now; at += STEP_MILLIS) {
            double load = 1 + 0.8 * Math.sin((at - now) / 60_000.0);
            run(INSTANCES.get(random.nextInt(INSTANCES.size())), load, at);
            outcome(at);
        }
        for (int i = 0; i < INSTANCES.size(); i++) {
            String instance = INSTANCES.get(i);
            beat(instance, 3 + i, i == 2, now);
            QueueScene queue = new QueueScene(model);
            for (int waiting = 0; waiting < 5 * i + 2; waiting++) {
                queue.route("%s-r%d".formatted(instance, waiting), instance, waiting % 6 - 1, now);
            }
            queue.dispatches(instance, 5 * i + 2, now);
        }
        for (long start = now - MINUTES_MILLIS; start < now; start += 10_000) {
            windows(start);
        }
        new SloScene(model).play(now);
    }

    /** What has been played so far. */
    LiveModel model() {
        return model;
    }

    private void beat(String instance, int running, boolean draining, long at) {
        model.event(
                Records.heartbeat(instance, seq(instance), running, 1, at)
                        .setFreeKvTokens(10_000L - running * 1_000L - 1_000)
                        .setDraining(draining)
                        .build(),
                at);
    }

    private void run(String instance, double load, long at) {
        double draw = random.nextGaussian();
        model.event(
                Records.event(WorkerEventType.ACCEPTED, instance, seq(instance), at)
                        .setQueueWaitMs((long) (400 * load * Math.exp(draw)))
                        .build(),
                at);
        model.event(
                Records.event(WorkerEventType.FIRST_TOKEN, instance, seq(instance), at)
                        .setTtftMs(600 * load * Math.exp(draw * 0.8))
                        .build(),
                at);
        model.event(
                Records.event(WorkerEventType.COMPLETED, instance, seq(instance), at)
                        .setTpotMs(30 + 8 * load + random.nextDouble() * 20)
                        .setOutputTokens(100 + random.nextInt(300))
                        .build(),
                at);
    }

    private void outcome(long at) {
        int draw = random.nextInt(100);
        Outcome outcome =
                draw < 93 ? Outcome.Completed : draw < 97 ? Outcome.EvictedTTL : Outcome.Failed;
        model.outcome(Records.outcome("r" + at, outcome), at);
    }

    private void windows(long start) {
        int all = 0;
        int met = 0;
        for (int i = 0; i < BANDS.size(); i++) {
            int settled = 3 + random.nextInt(4);
            int misses = random.nextInt(6) < i ? 1 : 0;
            window(SlaScope.PRIORITY, BANDS.get(i), start, settled, settled - misses);
            all += settled;
            met += settled - misses;
        }
        window(SlaScope.ALL, "all", start, all, met);
        for (String tenant : TENANTS) {
            window(SlaScope.TENANT, tenant, start, 5, random.nextInt(9) == 0 ? 4 : 5);
        }
    }

    private void window(SlaScope scope, String value, long start, int settled, int met) {
        model.window(Records.window(scope, value, start, 10_000, settled, met));
    }

    private void route(String request, String instance, int priority) {
        new QueueScene(model).route(request, instance, priority, Clock.systemUTC().millis());
    }

    /** A run ends now, at an instance that then says how it is. */
    void completes(String instance) {
        long now = Clock.systemUTC().millis();
        run(instance, 1, now);
        beat(instance, 1, false, now);
    }

    /** This text as an instance, a lane and a tenant. */
    void hostile(String text) {
        completes(text);
        route("h", text, 0);
        long start = Clock.systemUTC().millis();
        window(SlaScope.TENANT, text, start, 5, 5);
        new SloScene(model).hostile(text, start);
    }
}
