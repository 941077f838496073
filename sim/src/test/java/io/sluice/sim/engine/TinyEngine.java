package io.sluice.sim.engine;

/**
 * Profiles small enough to follow by hand: every step lasts one millisecond whatever it computes.
 */
final class TinyEngine {
    static final long STEP_NANOS = 1_000_000;

    private TinyEngine() {}

    /**
     * 4 slots, 8 tokens per step, blocks of 4 tokens and plenty of them; no cache, no look-ahead.
     */
    static EngineProfile profile() {
        return new EngineProfile(
                "TINY",
                "toy",
                "paper",
                LinearStepCost.ofStep(1e-3),
                new EngineLimits(4, 8, 4, 101, 1_000),
                new BatchingRules(PrefillMode.CHUNKED, false, 0));
    }

    static EngineProfile withSlots(int slots) {
        return profile().withLimits(profile().limits().withMaxSequences(slots));
    }

    /** A profile whose requests can get this many blocks. */
    static EngineProfile withUsableBlocks(int blocks) {
        return profile().withLimits(profile().limits().withKvBlocks(blocks + 1));
    }

    static EngineProfile withLookAhead(EngineProfile profile) {
        return profile.withRules(profile.rules().withLookAheadSteps(1));
    }

    static EngineProfile withCache(EngineProfile profile) {
        return profile.withRules(profile.rules().withPrefixCache(true));
    }

    static long millis(double millis) {
        return Math.round(millis * STEP_NANOS);
    }
}
