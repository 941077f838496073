package io.sluice.sim.engine;

/** What an engine tells of a request while it runs. Times are nanoseconds of the engine's clock. */
public sealed interface EngineEvent {

    /** The request. */
    String id();

    /** When it happened. */
    long atNanos();

    /** The same event at another time. */
    EngineEvent at(long nanos);

    /**
     * The request got a slot and was put into a batch for the first time.
     *
     * @param id the request
     * @param atNanos when the batch was composed; with look-ahead a whole step passes before it
     *     runs
     * @param cachedTokens prompt tokens that the prefix cache held
     */
    record Started(String id, long atNanos, int cachedTokens) implements EngineEvent {
        @Override
        public Started at(long nanos) {
            return new Started(id, nanos, cachedTokens);
        }
    }

    /**
     * The first output token is there.
     *
     * @param id the request
     * @param atNanos end of the step that computed the last prompt token
     */
    record FirstToken(String id, long atNanos) implements EngineEvent {
        @Override
        public FirstToken at(long nanos) {
            return new FirstToken(id, nanos);
        }
    }

    /**
     * A sign of life in the middle of the output, as often as the engine was told to give it.
     *
     * @param id the request
     * @param atNanos end of the step that made the last of the tokens
     * @param outputTokens tokens made so far
     */
    record Progress(String id, long atNanos, int outputTokens) implements EngineEvent {
        @Override
        public Progress at(long nanos) {
            return new Progress(id, nanos, outputTokens);
        }
    }

    /**
     * The last output token is there; the engine holds nothing of the request any more.
     *
     * @param id the request
     * @param atNanos end of the step that made the last token
     * @param outputTokens tokens made
     * @param reason why the output ended
     */
    record Finished(String id, long atNanos, int outputTokens, FinishReason reason)
            implements EngineEvent {
        @Override
        public Finished at(long nanos) {
            return new Finished(id, nanos, outputTokens, reason);
        }
    }

    /**
     * The engine ran out of KV memory and took this request's: it waits at the head of the queue to
     * be computed again. Nothing is asked of the caller.
     *
     * @param id the request
     * @param atNanos when the batch that it lost its place to was composed
     * @param outputTokens tokens made so far; they are kept, and become part of what is computed
     *     again
     */
    record Preempted(String id, long atNanos, int outputTokens) implements EngineEvent {
        @Override
        public Preempted at(long nanos) {
            return new Preempted(id, nanos, outputTokens);
        }
    }
}
