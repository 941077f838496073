package io.sluice.sim.engine;

/** How an engine computes prompts beside decodes. */
public enum PrefillMode {
    /**
     * Prompts are cut to what the token budget leaves, and computed in the same steps as decodes.
     */
    CHUNKED,
    /**
     * Prompts are computed whole, in steps of their own; decodes wait meanwhile but keep their
     * slots.
     */
    WHOLE
}
