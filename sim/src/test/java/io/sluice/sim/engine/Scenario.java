package io.sluice.sim.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * A load for an engine: requests and cancellations at their times.
 *
 * @param profile the engine
 * @param progressEveryTokens how often it reports
 * @param actions what is done to it, in the order of time
 */
record Scenario(EngineProfile profile, int progressEveryTokens, List<Action> actions) {

    /** Something done to an engine at a time. */
    sealed interface Action {
        long atNanos();
    }

    record Submit(long atNanos, EngineRequest request) implements Action {}

    record Cancel(long atNanos, String id) implements Action {}

    /**
     * A small engine and load, all drawn from a seed; memory is often short, prompts often share
     * prefixes.
     */
    static Scenario random(long seed) {
        Random random = new Random(seed);
        EngineProfile profile = profile(random);
        List<Action> actions = new ArrayList<>();
        int requests = 1 + random.nextInt(20);
        long gapNanos = 1 + random.nextInt(8) * 1_000_000L;
        // On the grid of the millisecond steps some engines take, arrivals and ends of steps
        // coincide.
        long grid = random.nextInt(3) == 0 ? 1_000_000 : 1;
        long at = random.nextInt(1_000) / grid * grid;
        for (int i = 0; i < requests; i++) {
            if (random.nextInt(3) > 0) {
                at += random.nextLong(gapNanos) / grid * grid;
            }
            actions.add(new Submit(at, request("r" + i, random)));
            if (random.nextInt(6) == 0) {
                actions.add(new Cancel(at + random.nextLong(40_000_000) / grid * grid, "r" + i));
            }
        }
        actions.sort(Comparator.comparingLong(Action::atNanos));
        int[] progress = {0, 0, 1, 3, 10};
        return new Scenario(profile, progress[random.nextInt(progress.length)], actions);
    }

    private static EngineRequest request(String id, Random random) {
        int prompt = 1 + random.nextInt(random.nextBoolean() ? 6 : 40);
        int output = 1 + random.nextInt(random.nextBoolean() ? 4 : 50);
        EngineRequest request = EngineRequest.of(id, prompt, output);
        if (random.nextInt(5) == 0) {
            request = request.withMaxTokens(1 + random.nextInt(20));
        }
        return random.nextInt(4) == 0 ? request : request.withPromptBlocks(blocks(prompt, random));
    }

    /**
     * Chained ids that agree with those of other requests of the same family up to a random block.
     */
    private static PromptBlocks blocks(int prompt, Random random) {
        int blockTokens = 1 + random.nextInt(5);
        int family = random.nextInt(2);
        int shared = random.nextInt(12);
        long[] ids = new long[(prompt + blockTokens - 1) / blockTokens];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = i < shared ? family * 1_000L + i : random.nextLong();
        }
        return PromptBlocks.of(blockTokens, ids);
    }

    private static EngineProfile profile(Random random) {
        int slots = 1 + random.nextInt(6);
        int blockTokens = 1 + random.nextInt(5);
        int kvTokens = 10 + random.nextInt(random.nextBoolean() ? 80 : 300);
        int blocks = 1 + Math.max(1, kvTokens / blockTokens);
        boolean whole = random.nextInt(3) == 0;
        int context = 20 + random.nextInt(100);
        int budget = whole ? context + random.nextInt(50) : slots + random.nextInt(24);
        EngineLimits limits =
                new EngineLimits(slots, Math.max(budget, slots), blockTokens, blocks, context);
        BatchingRules rules =
                new BatchingRules(
                        whole ? PrefillMode.WHOLE : PrefillMode.CHUNKED,
                        random.nextBoolean(),
                        random.nextInt(2));
        StepCost cost = cost(whole, random);
        // Some engines swap what is long and recompute what is short, or the other way round.
        long most = random.nextInt(3) == 0 ? 1 + cost.stepPicos(StepLoad.prefill(20, 20)) / 20 : 1;
        KvTransfer transfer = new KvTransfer(random.nextLong(most), random.nextLong(most));
        return new EngineProfile("RANDOM", "toy", "paper", cost, limits, rules, transfer);
    }

    /** Coefficients with odd picoseconds, so that rounding anywhere would show. */
    private static StepCost cost(boolean whole, Random random) {
        if (random.nextInt(4) == 0) {
            return LinearStepCost.ofStep(1e-3);
        }
        if (whole && random.nextBoolean()) {
            return SlowestMemberStepCost.ofSeconds(
                    random.nextDouble() * 1e-6,
                    random.nextDouble() * 1e-3,
                    random.nextDouble() * 1e-7,
                    random.nextDouble() * 1e-4);
        }
        return LinearStepCost.ofStep(random.nextDouble() * 1e-3 + 1e-9)
                .withPrefillToken(random.nextDouble() * 1e-5)
                .withDecode(random.nextInt(2) * random.nextDouble() * 1e-5)
                .withContextToken(random.nextDouble() * 1e-6)
                .withMixedContextToken(random.nextInt(2) * random.nextDouble() * 1e-6)
                .withMixedStep(random.nextInt(2) * random.nextDouble() * 1e-4);
    }
}
