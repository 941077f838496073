package io.sluice.sim.engine;

/**
 * How an engine is dealt with from outside.
 *
 * @param progressEveryTokens output tokens between two reports of progress of a request; 0 for none
 * @param steered whether it stands still where somebody may want to change who runs
 * @param interruptible whether runs may be taken out of it
 * @param retention what becomes of the memory of requests that leave the batch before their end
 */
record EngineMode(
        int progressEveryTokens, boolean steered, boolean interruptible, KvRetention retention) {

    /** Refuses a negative number of tokens. */
    EngineMode {
        if (progressEveryTokens < 0) {
            throw new IllegalArgumentException(
                    "engine: progressEveryTokens must not be negative, is " + progressEveryTokens);
        }
    }

    /** It decides by itself who runs. */
    static EngineMode onItsOwn(int progressEveryTokens) {
        return new EngineMode(progressEveryTokens, false, false, KvRetention.CHEAPER);
    }

    /** Somebody else decides between two steps who runs. */
    static EngineMode steered(KvRetention retention) {
        return new EngineMode(0, true, true, retention);
    }

    /** Somebody may now and then interrupt a run. */
    static EngineMode interruptible(int progressEveryTokens, KvRetention retention) {
        return new EngineMode(progressEveryTokens, false, true, retention);
    }
}
