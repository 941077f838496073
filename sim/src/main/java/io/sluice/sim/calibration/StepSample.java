package io.sluice.sim.calibration;

import io.sluice.sim.engine.StepLoad;

/**
 * A step, and how long it takes.
 *
 * @param load what it computes
 * @param seconds how long it takes, above 0
 * @param weight how many steps like it there are
 */
public record StepSample(StepLoad load, double seconds, double weight) {

    /** Refuses steps that take no time. */
    public StepSample {
        if (!(seconds > 0) || !(weight > 0)) {
            throw new IllegalArgumentException(
                    "step sample: seconds and weight must be above 0, are %s and %s for %s"
                            .formatted(seconds, weight, load));
        }
    }

    /**
     * A step with prompts only.
     *
     * @param tokens prompt tokens
     */
    public static StepSample prefill(int tokens, double seconds) {
        return new StepSample(new StepLoad(tokens, tokens, 0, 0, 0), seconds, 1);
    }

    /**
     * A step of decodes only.
     *
     * @param decodes requests
     * @param contextTokens context of each, the new token included
     */
    public static StepSample decodes(int decodes, int contextTokens, double seconds) {
        return new StepSample(
                new StepLoad(0, 0, decodes, (long) decodes * contextTokens, contextTokens),
                seconds,
                1);
    }
}
