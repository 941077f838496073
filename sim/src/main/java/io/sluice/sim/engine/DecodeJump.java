package io.sluice.sim.engine;

/**
 * Finds how many step ends can be taken at once: as long as every step is one decode of the same
 * requests, nobody can join, nobody ends and nobody is reported, the steps differ only in context
 * length.
 */
final class DecodeJump {
    /** Keeps sums over a jump well inside 64 bits; longer stretches are several jumps. */
    private static final int MAX_STEPS = 4096;

    private final BatchState state;
    private final KvMemory memory;
    private final StepCost cost;
    private final int progressEveryTokens;

    DecodeJump(EngineProfile profile, BatchState state, KvMemory memory, int progressEveryTokens) {
        this.state = state;
        this.memory = memory;
        this.cost = profile.cost();
        this.progressEveryTokens = progressEveryTokens;
    }

    /**
     * Step ends from now on, that of the current step included, at which nothing happens but that
     * each running request gets a token and is composed once more.
     *
     * @param current the step that runs. If it decodes for all who run now, so does a step that is
     *     already prepared, as long as every request has tokens left to plan.
     */
    int limit(StepPlan current) {
        boolean nobodyJoins = state.waiting.isEmpty() || state.headBlocked;
        if (current.decodeVersion() != state.version || !nobodyJoins) {
            return 0;
        }
        int steps = MAX_STEPS;
        for (int i = 0; i < state.running.size(); i++) {
            Sequence sequence = state.running.get(i);
            // A first token is told.
            if (sequence.cancelled || sequence.emitted == 0) {
                return 0;
            }
            steps = Math.min(steps, Math.min(sequence.unplanned(), silentTokens(sequence)));
        }
        return memoryLimit(steps);
    }

    /**
     * The most of {@code limit} step ends that come within {@code picos} of the start of the step
     * with load {@code first}.
     */
    int within(StepLoad first, int limit, long picos) {
        if (cost.decodeRunPicos(first, limit) <= picos) {
            return limit;
        }
        int fits = 0;
        int tooMany = limit;
        while (tooMany - fits > 1) {
            int middle = (fits + tooMany) >>> 1;
            if (cost.decodeRunPicos(first, middle) <= picos) {
                fits = middle;
            } else {
                tooMany = middle;
            }
        }
        return fits;
    }

    /** Tokens that a request can get before the next report of progress is due. */
    private int silentTokens(Sequence sequence) {
        if (progressEveryTokens == 0) {
            return Integer.MAX_VALUE;
        }
        return progressEveryTokens - 1 - sequence.emitted % progressEveryTokens;
    }

    private int memoryLimit(int steps) {
        if (fits(steps)) {
            return steps;
        }
        int fits = 0;
        int tooMany = steps;
        while (tooMany - fits > 1) {
            int middle = (fits + tooMany) >>> 1;
            if (fits(middle)) {
                fits = middle;
            } else {
                tooMany = middle;
            }
        }
        return fits;
    }

    private boolean fits(int steps) {
        long most = (long) state.running.size() * (memory.blocksFor(steps) + 1);
        if (most <= memory.freeBlocks()) {
            return true;
        }
        long missing = 0;
        for (Sequence sequence : state.running) {
            missing += memory.missingBlocks(sequence, sequence.computed + steps);
        }
        return missing <= memory.freeBlocks();
    }
}
