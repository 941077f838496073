package io.sluice.sim.protocol;

import io.sluice.core.kernel.Verdict;
import io.sluice.core.model.BlockHashes;
import io.sluice.core.model.Dependency;
import io.sluice.core.model.OnFailure;
import io.sluice.core.model.Outcome;
import io.sluice.core.model.Passengers;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.SloTarget;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Makes a scenario of a seed. In every third one only the job fails. */
final class ScenarioGenerator {

    private static final int SPAN_MILLIS = 12_000;
    private static final int BURST_MILLIS = 2_500;
    private static final int CALM_EVERY = 3;
    private static final int NOBODY = 99;
    private static final List<LaneRule> LANES = List.of(LaneRule.values());
    private static final List<OnFailure> RULES = List.of(OnFailure.values());

    private final SplittableRandom random;

    /** Draws of its own, so that what else befalls a seed does not depend on them. */
    private final SplittableRandom order;

    private final long seed;
    private final long startMillis;
    private final boolean calm;
    private final boolean busy;
    private final boolean ordered;
    private final LaneRule lanes;
    private final int workers;
    private int requests;
    private final List<Step> steps = new ArrayList<>();
    private final Map<RequestKey, List<Dependency>> edgesOf = new HashMap<>();
    private final Map<RequestKey, Fates.Fate> fates = new HashMap<>();

    private ScenarioGenerator(long seed, long startMillis) {
        this.seed = seed;
        this.startMillis = startMillis;
        this.random = new SplittableRandom(seed);
        this.order = new SplittableRandom(~seed);
        this.ordered = order.nextBoolean();
        this.lanes = LANES.get(order.nextInt(LANES.size()));
        this.calm = seed % CALM_EVERY == 0;
        this.busy = chance(0.5);
        this.workers = 1 + random.nextInt(3);
    }

    /**
     * Makes the scenario of a seed.
     *
     * @param startMillis broker time at the start
     */
    static Scenario of(long seed, long startMillis) {
        return new ScenarioGenerator(seed, startMillis).scenario();
    }

    private Scenario scenario() {
        requests = (busy ? 8 : 2) + random.nextInt(busy ? 20 : 9);
        for (int i = 0; i < requests; i++) {
            request(i);
        }
        repeat(random.nextInt(4), this::jobCrash);
        repeat(ordered ? order.nextInt(3) : 0, this::latePredecessor);
        if (!calm) {
            repeat(random.nextInt(3), this::workerCrash);
            repeat(random.nextInt(3), this::workerCut);
            repeat(random.nextInt(2), this::drain);
            repeat(random.nextInt(2), this::workerAndJobCrash);
            repeat(random.nextInt(2), this::workerCutAndCrash);
        }
        steps.sort(Comparator.comparingLong(Step::atMillis));
        long checkpointMillis = 300 + random.nextLong(3_000);
        return new Scenario(seed, workers, lanes, checkpointMillis, steps, new Fates(fates));
    }

    private static void repeat(int times, Runnable action) {
        for (int i = 0; i < times; i++) {
            action.run();
        }
    }

    /** When something may happen; most of it while there is something that it can disturb. */
    private long anyTime() {
        return busy && chance(0.7)
                ? 300 + random.nextLong(2 * BURST_MILLIS)
                : random.nextLong(SPAN_MILLIS);
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    private void request(int index) {
        RequestKey key = new RequestKey(chance(0.2) ? "u" : "t", "r" + (chance(0.1) ? 0 : index));
        long at = busy ? random.nextLong(BURST_MILLIS) : anyTime();
        fates.putIfAbsent(
                key,
                new Fates.Fate(
                        chance(busy ? 0.4 : 0.7)
                                ? 50 + random.nextLong(600)
                                : 500 + random.nextLong(4_000),
                        !calm && chance(0.15) ? 1 + random.nextInt(3) : 0));
        Verdict invalid =
                chance(0.05) ? new Verdict(Outcome.REJECTED_INVALID, "makes no sense") : null;
        List<Dependency> edges = edges(key, index);
        steps.add(new Step.Submit(at, pending(key, at), invalid, edges));
        if (chance(0.25)) {
            Verdict other =
                    chance(0.3) ? new Verdict(Outcome.REJECTED_INVALID, "bad repeat") : null;
            long again = at + random.nextLong(8_000);
            steps.add(new Step.Submit(again, pending(key, again), other, edges));
        }
        if (!calm && chance(0.2)) {
            long when = Math.max(0, at - 1_000 + random.nextLong(5_000));
            steps.add(new Step.Control(when, new Message.Cancel(key, "not wanted")));
        }
        if (!calm && chance(0.1)) {
            long when = at + random.nextLong(3_000);
            steps.add(new Step.Control(when, new Message.Reprioritise(key, random.nextInt(5))));
        }
    }

    private PendingRequest pending(RequestKey key, long at) {
        long submitted = startMillis + at;
        long expires = PendingRequest.NEVER;
        long deadline = PendingRequest.NEVER;
        if (chance(0.35)) {
            expires = submitted + 100 + random.nextLong(6_000);
            if (chance(0.5)) {
                deadline = expires;
            }
        }
        String pinned = chance(0.1) ? "gpu-" + random.nextInt(workers) : null;
        return new PendingRequest(
                key,
                "m",
                random.nextInt(4),
                submitted,
                expires,
                deadline,
                20 + random.nextInt(2_000),
                20,
                0,
                SloTarget.NONE,
                null,
                pinned,
                passengers(submitted));
    }

    /** A request that waits as long as it must. */
    private PendingRequest patient(RequestKey key, long at) {
        long submitted = startMillis + at;
        long never = PendingRequest.NEVER;
        Passengers rest = passengers(submitted);
        return new PendingRequest(
                key, "m", 0, submitted, never, never, 20, 20, 0, SloTarget.NONE, null, null, rest);
    }

    private Passengers passengers(long submitted) {
        String workflow = ordered ? "w" : null;
        return new Passengers(
                submitted, 0, workflow, null, null, false, null, null, BlockHashes.NONE);
    }

    /**
     * Requests of the same tenant that come before this one: mostly earlier ones, and now and then
     * any, so that there are cycles and some that come too late, or one that nobody submits.
     */
    private List<Dependency> edges(RequestKey key, int index) {
        List<Dependency> edges = new ArrayList<>();
        for (int i = 0; ordered && index > 0 && i < 3 && order.nextInt(3) == 0; i++) {
            String other = "r" + other(index);
            OnFailure rule = RULES.get(order.nextInt(RULES.size()));
            if (!other.equals(key.requestId())) {
                edges.add(new Dependency(other, order.nextInt(6) / 5, rule));
            }
        }
        return edgesOf.computeIfAbsent(key, first -> Dependency.merged(edges));
    }

    private int other(int index) {
        int draw = order.nextInt(20);
        if (draw == 0) {
            return NOBODY;
        }
        return order.nextInt(draw < 6 ? requests : index);
    }

    /**
     * A request that others wait for comes just in time, or just too late, and the job crashes
     * while one of them runs: read again, it may seem to have come at the other side of the bound.
     */
    private void latePredecessor() {
        long at = order.nextLong(2 * BURST_MILLIS);
        int name = order.nextInt(NOBODY);
        RequestKey waits = new RequestKey("t", "waits-" + name);
        RequestKey late = new RequestKey("t", "late-" + name);
        fates.put(waits, new Fates.Fate(500 + order.nextLong(3_000), 0));
        fates.put(late, new Fates.Fate(20 + order.nextLong(300), 0));
        List<Dependency> edge = List.of(Dependency.on(late.requestId(), OnFailure.FAIL));
        steps.add(new Step.Submit(at, patient(waits, at), null, edge));
        long later = at + Setup.GATE_WAIT_MILLIS - 800 + order.nextLong(1_000);
        steps.add(new Step.Submit(later, patient(late, later), null, List.of()));
        long crash = later + 100 + order.nextLong(1_500);
        steps.add(new Step.JobCrash(crash, order.nextLong(600), false, false, -1));
    }

    private void jobCrash() {
        boolean atCommit = chance(0.2);
        long down = chance(0.7) ? random.nextLong(600) : random.nextLong(9_000);
        long flushAfter = chance(0.5) ? random.nextLong(9_000) : -1;
        steps.add(
                new Step.JobCrash(anyTime(), down, atCommit, atCommit && chance(0.7), flushAfter));
    }

    private void workerCrash() {
        long down = chance(0.15) ? -1 : random.nextInt(chance(0.5) ? 500 : 9_000);
        steps.add(new Step.WorkerCrash(anyTime(), random.nextInt(workers), down));
    }

    /** A job that crashes while it gets over the death of a worker, short or long. */
    private void workerAndJobCrash() {
        long at = busy ? 1_000 + random.nextLong(2_000) : anyTime();
        boolean declaredDead = chance(0.5);
        long down = declaredDead ? 5_000 + random.nextLong(2_500) : random.nextLong(400);
        long later = declaredDead ? 5_000 + random.nextLong(2_500) : random.nextLong(1_000);
        steps.add(new Step.WorkerCrash(at, random.nextInt(workers), down));
        steps.add(new Step.JobCrash(at + later, random.nextLong(600), false, false, -1));
    }

    private void workerCut() {
        long length = chance(0.5) ? random.nextInt(2_500) : random.nextInt(9_000);
        steps.add(new Step.WorkerCut(anyTime(), random.nextInt(workers), length));
    }

    /** A worker that dies while nobody hears it, and is back before it is given up. */
    private void workerCutAndCrash() {
        long at = anyTime();
        int worker = random.nextInt(workers);
        long length = 300 + random.nextLong(2_000);
        steps.add(new Step.WorkerCut(at, worker, length));
        steps.add(new Step.WorkerCrash(at + random.nextLong(length), worker, random.nextInt(300)));
    }

    private void drain() {
        String instance = "gpu-" + random.nextInt(workers);
        long at = anyTime();
        steps.add(new Step.Control(at, new Message.Drain(instance, true)));
        if (chance(0.6)) {
            long again = at + random.nextLong(6_000);
            steps.add(new Step.Control(again, new Message.Drain(instance, false)));
        }
    }
}
