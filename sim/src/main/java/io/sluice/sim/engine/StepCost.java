package io.sluice.sim.engine;

/**
 * How long an engine step lasts. Durations are whole picoseconds, so that a sum over many steps has
 * one value however it is computed: {@link #decodeRunPicos} is equal to adding the steps one by
 * one, which floating point could not promise.
 */
public sealed interface StepCost permits LinearStepCost, SlowestMemberStepCost {

    /** The duration of one step, in picoseconds. */
    long stepPicos(StepLoad load);

    /**
     * The duration of {@code steps} successive pure decode steps of the same requests, in
     * picoseconds: the sum of {@link #stepPicos} over {@code first}, and {@code first} with each
     * context one token longer, and so on.
     *
     * @param first the load of the first of the steps; without prompt tokens
     * @param steps how many steps, 0 or more
     */
    long decodeRunPicos(StepLoad first, int steps);

    /** Whether the cost means anything for a step that computes prompts and decodes together. */
    boolean coversMixedSteps();
}
