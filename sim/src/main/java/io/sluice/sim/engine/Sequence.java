package io.sluice.sim.engine;

/**
 * A request inside the engine. Two counts of its output differ while steps are in flight: {@code
 * planned} tokens have been put into batches, {@code emitted} tokens have come out of finished
 * steps.
 */
final class Sequence {
    final EngineRequest request;
    final long[] promptKeys;
    final BlockTable blocks = new BlockTable();

    /**
     * Tokens that must be computed before the next output token: the prompt, and after a preemption
     * the output so far.
     */
    int prefillTarget;

    /** Tokens computed, or found in the cache, or in a batch that is composed. */
    int computed;

    int planned;
    int emitted;

    /** Leading prompt blocks whose keys have been offered to the prefix cache. */
    int publishedBlocks;

    boolean started;
    boolean cancelled;

    /** Whether it was evicted and what it has computed needs only a place, no computing. */
    boolean kept;

    /** What it takes to have that back, in picoseconds. */
    long reloadPicos;

    FormerBlocks former = FormerBlocks.NONE;

    private final int producedTokens;

    Sequence(EngineRequest request, long[] promptKeys) {
        this.request = request;
        this.promptKeys = promptKeys;
        this.prefillTarget = request.promptTokens();
        this.producedTokens = request.producedTokens();
    }

    String id() {
        return request.id();
    }

    int prefillLeft() {
        return prefillTarget - computed;
    }

    boolean prefilling() {
        return computed < prefillTarget;
    }

    /** Output tokens that no batch holds yet. */
    int unplanned() {
        return producedTokens - planned;
    }

    /** Whether another batch has to be composed for it. */
    boolean hasWork() {
        return planned < producedTokens;
    }

    boolean finished() {
        return emitted == producedTokens;
    }

    /** Whether it needs no place any more. */
    boolean gone() {
        return cancelled || finished();
    }

    /**
     * Puts a piece of what is to be computed into a batch. Returns whether an output token comes of
     * it.
     *
     * @param promptGivesToken whether the end of a prompt gives one
     */
    boolean plan(int tokens, boolean promptGivesToken) {
        boolean prompt = prefilling();
        computed += tokens;
        if (computed < prefillTarget || (prompt && !promptGivesToken)) {
            return false;
        }
        planned++;
        return true;
    }

    /** Decodes {@code steps} tokens: as many steps end, and as many are composed. */
    void decode(int steps) {
        computed += steps;
        planned += steps;
        emitted += steps;
    }

    /**
     * Forgets what was computed; the output made or in flight is kept and will be computed again.
     */
    void restart() {
        prefillTarget = request.promptTokens() + planned;
        computed = 0;
        publishedBlocks = 0;
    }
}
