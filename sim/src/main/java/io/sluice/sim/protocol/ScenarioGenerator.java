package io.sluice.sim.protocol;

import io.sluice.core.model.Dependency;
import io.sluice.core.model.OnFailure;
import io.sluice.core.model.RequestKey;
import io.sluice.sim.protocol.Step.Moment;

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
    private static final long NEVER = -1;
    private static final long FAR_AWAY = 1_000_003;
    private static final long HOLD_MILLIS = 400;
    private static final long STALL_MILLIS = 7_000;
    private static final String CANCEL_REASON = "not wanted";
    private static final List<String> ROUTINGS = List.of(Policies.FIRST_ROUTING, "round-robin");
    private static final List<Logs> LOGS = List.of(Logs.values());
    private static final List<LaneRule> LANES = List.of(LaneRule.values());
    private static final List<OnFailure> RULES = List.of(OnFailure.values());

    private final SplittableRandom random;

    /** Draws of its own, so that what else befalls a seed does not depend on them. */
    private final SplittableRandom order;

    /** The same, for what came to be generated after that. */
    private final SplittableRandom more;

    /** The same again. */
    private final SplittableRandom later;

    private final long seed;
    private final boolean calm;
    private final boolean busy;
    private final boolean ordered;
    private final LaneRule lanes;
    private final int workers;
    private int requests;
    private final List<Step> steps = new ArrayList<>();
    private final Map<RequestKey, List<Dependency>> edgesOf = new HashMap<>();
    private final Map<RequestKey, Fates.Fate> fates = new HashMap<>();

    private ScenarioGenerator(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.order = new SplittableRandom(~seed);
        this.more = new SplittableRandom(~seed * FAR_AWAY);
        this.later = new SplittableRandom(seed * FAR_AWAY);
        this.ordered = order.nextBoolean();
        this.lanes = LANES.get(order.nextInt(LANES.size()));
        this.calm = seed % CALM_EVERY == 0;
        this.busy = chance(0.5);
        this.workers = 1 + random.nextInt(3);
    }

    /** Makes the scenario of a seed. */
    static Scenario of(long seed) {
        return new ScenarioGenerator(seed).scenario();
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
            repeat(more.nextInt(4) / 3, this::workerLeave);
        }
        repeat(more.nextInt(3), this::otherPolicies);
        repeat(more.nextInt(3) / 2, this::handbackCrash);
        repeat(more.nextInt(3), this::stall);
        repeat(calm ? later.nextInt(2) : 0, this::startedInTime);
        repeat(calm ? later.nextInt(3) : 0, this::predecessorInTime);
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
        boolean invalid = chance(0.05);
        List<Dependency> edges = edges(key, index);
        steps.add(new Step.Submit(at, submission(key, invalid, edges)));
        if (chance(0.25)) {
            boolean badRepeat = chance(0.3);
            long again = at + random.nextLong(8_000);
            steps.add(new Step.Submit(again, submission(key, badRepeat, edges)));
        }
        if (!calm && chance(0.2)) {
            long when = Math.max(0, at - 1_000 + random.nextLong(5_000));
            steps.add(new Step.Control(when, new Message.Cancel(key, CANCEL_REASON)));
        }
        if (!calm && chance(0.1)) {
            long when = at + random.nextLong(3_000);
            steps.add(new Step.Control(when, new Message.Reprioritise(key, random.nextInt(5))));
        }
    }

    private Submission submission(RequestKey key, boolean invalid, List<Dependency> edges) {
        long lifetime = Submission.FOR_EVER;
        boolean deadline = false;
        if (chance(0.35)) {
            lifetime = 100 + random.nextLong(6_000);
            deadline = chance(0.5);
        }
        String pinned = chance(0.1) ? "gpu-" + random.nextInt(workers) : null;
        int priority = random.nextInt(4);
        int inputTokens = 20 + random.nextInt(2_000);
        return new Submission(
                key,
                priority,
                inputTokens,
                lifetime,
                deadline,
                pinned,
                invalid,
                ordered ? edges : null);
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
        latePredecessor(order, Setup.GATE_WAIT_MILLIS - 800, 1_000, 100, 1_500);
    }

    /** The same, just in time, and the one that waited runs when the job crashes. */
    private void predecessorInTime() {
        latePredecessor(later, Setup.GATE_WAIT_MILLIS - 300, 250, 500, 1_200);
    }

    private void latePredecessor(
            SplittableRandom draws,
            long earliest,
            int spread,
            long crashEarliest,
            int crashSpread) {
        long at = draws.nextLong(2 * BURST_MILLIS);
        int name = draws.nextInt(NOBODY);
        RequestKey waits = new RequestKey("t", "waits-" + name);
        RequestKey late = new RequestKey("t", "late-" + name);
        fates.put(waits, new Fates.Fate(500 + draws.nextLong(3_000), 0));
        fates.put(late, new Fates.Fate(20 + draws.nextLong(300), 0));
        List<Dependency> edge = List.of(Dependency.on(late.requestId(), OnFailure.FAIL));
        steps.add(new Step.Submit(at, Submission.patient(waits, edge)));
        long comes = at + earliest + draws.nextLong(spread);
        steps.add(new Step.Submit(comes, Submission.patient(late, List.of())));
        long crash = comes + crashEarliest + draws.nextLong(crashSpread);
        steps.add(Step.JobCrash.at(crash, draws.nextLong(600)));
    }

    /**
     * The time of a request runs out after it has begun to run, and the job crashes while it runs:
     * a checkpoint from when it stood behind others has it among those that wait, too late.
     */
    private void startedInTime() {
        int name = later.nextInt(NOBODY);
        long at = 1_000 + later.nextLong(BURST_MILLIS);
        for (int i = 0; i < workers * (SimWorker.SEQUENCES + 1); i++) {
            RequestKey before = new RequestKey("t", "before-%d-%d".formatted(name, i));
            fates.put(before, new Fates.Fate(300 + later.nextLong(700), 0));
            steps.add(new Step.Submit(at, Submission.patient(before, null)));
        }
        RequestKey key = new RequestKey("t", "hurried-" + name);
        long lifetime = 1_200 + later.nextLong(1_500);
        fates.put(key, new Fates.Fate(2_000 + later.nextLong(2_000), 0));
        steps.add(new Step.Submit(at + 50, Submission.hurried(key, lifetime)));
        steps.add(Step.JobCrash.at(at + lifetime + later.nextLong(800), later.nextLong(600)));
    }

    private void jobCrash() {
        boolean atCommit = chance(0.2);
        long down = chance(0.7) ? random.nextLong(600) : random.nextLong(9_000);
        long flushAfter = chance(0.5) ? random.nextLong(9_000) : NEVER;
        Moment moment = atCommit ? Moment.COMMIT : Moment.ANY;
        long at = anyTime();
        boolean losesCommit = atCommit && chance(0.7);
        steps.add(new Step.JobCrash(at, moment, someEvents(), down, losesCommit, flushAfter));
        if (more.nextInt(4) == 0) {
            steps.add(crash(at + down + more.nextLong(HOLD_MILLIS), Moment.ANY));
        }
    }

    private void workerCrash() {
        long down = chance(0.15) ? NEVER : random.nextInt(chance(0.5) ? 500 : 9_000);
        boolean losesLedger = more.nextInt(4) == 0;
        steps.add(new Step.WorkerCrash(anyTime(), random.nextInt(workers), down, losesLedger));
    }

    /** A job that crashes while it gets over the death of a worker, short or long. */
    private void workerAndJobCrash() {
        long at = busy ? 1_000 + random.nextLong(2_000) : anyTime();
        boolean declaredDead = chance(0.5);
        long down = declaredDead ? 5_000 + random.nextLong(2_500) : random.nextLong(400);
        long later = declaredDead ? 5_000 + random.nextLong(2_500) : random.nextLong(1_000);
        steps.add(new Step.WorkerCrash(at, random.nextInt(workers), down, false));
        steps.add(Step.JobCrash.at(at + later, random.nextLong(600)));
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
        long dies = at + random.nextLong(length);
        steps.add(new Step.WorkerCrash(dies, worker, random.nextInt(300), false));
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

    private int someEvents() {
        return more.nextInt(60);
    }

    private Step.JobCrash crash(long at, Moment moment) {
        return new Step.JobCrash(at, moment, someEvents(), more.nextLong(600), false, NEVER);
    }

    /** A crash while a release is under way. */
    private void handbackCrash() {
        steps.add(crash(more.nextLong(SPAN_MILLIS / 2), Moment.HANDBACK));
    }

    private void workerLeave() {
        long at = 300 + more.nextLong(2 * BURST_MILLIS);
        steps.add(new Step.WorkerLeave(at, more.nextInt(workers), more.nextLong(4_000)));
    }

    private void otherPolicies() {
        LaneRule newLanes = more.nextInt(4) == 0 ? null : LANES.get(more.nextInt(LANES.size()));
        String routing = more.nextInt(2) == 0 ? null : ROUTINGS.get(more.nextInt(ROUTINGS.size()));
        long at = more.nextLong(SPAN_MILLIS / 2);
        steps.add(new Step.Control(at, new Message.ChoosePolicies(newLanes, routing)));
    }

    private void stall() {
        Logs topic = LOGS.get(more.nextInt(LOGS.size()));
        int partition = more.nextInt(topic.partitions());
        long length = more.nextBoolean() ? more.nextLong(500) : more.nextLong(STALL_MILLIS);
        steps.add(new Step.Stall(more.nextLong(SPAN_MILLIS / 2), topic, partition, length));
    }
}
