package io.sluice.sim.calibration;

import io.sluice.sim.engine.StepLoad;

/**
 * What a stretch of steps computed, added up: the numbers that its duration is a linear function
 * of.
 *
 * @param steps steps
 * @param prefillTokens prompt tokens computed
 * @param decodes decoding requests, once for each step
 * @param contextTokens their context lengths, summed
 * @param mixedContextTokens the part of {@code contextTokens} in steps that computed prompt tokens
 * @param mixedSteps steps that computed prompt tokens
 */
record StepSums(
        long steps,
        long prefillTokens,
        long decodes,
        long contextTokens,
        long mixedContextTokens,
        long mixedSteps) {

    static final StepSums NONE = new StepSums(0, 0, 0, 0, 0, 0);

    /** One step. */
    static StepSums of(StepLoad load) {
        return NONE.plus(load, 1);
    }

    /** These, and a run of steps each of which has contexts longer by one token than the last. */
    StepSums plus(StepLoad first, int times) {
        long growth = (long) times * (times - 1) / 2;
        long contexts = first.contextTokens() * times + first.decodes() * growth;
        return new StepSums(
                steps + times,
                prefillTokens + (long) first.prefillTokens() * times,
                decodes + (long) first.decodes() * times,
                contextTokens + contexts,
                mixedContextTokens + (first.mixed() ? contexts : 0),
                mixedSteps + (first.mixed() ? times : 0));
    }

    /** The stretch that begins where an earlier one ends. */
    StepSums since(StepSums earlier) {
        return new StepSums(
                steps - earlier.steps,
                prefillTokens - earlier.prefillTokens,
                decodes - earlier.decodes,
                contextTokens - earlier.contextTokens,
                mixedContextTokens - earlier.mixedContextTokens,
                mixedSteps - earlier.mixedSteps);
    }
}
