package io.sluice.sim.engine;

/** Why an engine refuses a request for good. */
public enum RefusalReason {
    /** Prompt and output together are longer than the model's context. */
    CONTEXT_TOO_LONG,
    /**
     * Prompt and output together are larger than all KV memory, so it could never finish even
     * alone.
     */
    KV_MEMORY_TOO_SMALL,
    /** The engine holds a request of the same id. */
    DUPLICATE_ID
}
