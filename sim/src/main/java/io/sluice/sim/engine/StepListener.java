package io.sluice.sim.engine;

/**
 * Sees every step of an engine when it ends, before the tokens that it gave are reported. For those
 * who ask what the engine computed, not only when it was done. It must not call the engine back.
 */
@FunctionalInterface
public interface StepListener {

    /** Looks at nothing. */
    StepListener NONE = (first, steps, endNanos) -> {};

    /**
     * Successive steps ended. More than one at a time only where each is one decode of the same
     * requests: the load of step i, from 0, is then {@code first.after(i)}.
     *
     * @param first what the first of them computed
     * @param steps how many, 1 or more
     * @param endNanos end of the last of them
     */
    void onSteps(StepLoad first, int steps, long endNanos);
}
