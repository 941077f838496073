package io.sluice.core.latency;

import io.sluice.core.model.Outcome;
import io.sluice.core.model.SloTarget;

/**
 * What aggregation needs to know of one finished request.
 *
 * @param outcome how it ended
 * @param latencies what was measured
 * @param target what was promised
 * @param tokens its length
 */
public record SlaSample(
        Outcome outcome, LatencyMeasures latencies, SloTarget target, Tokens tokens) {

    /**
     * Length of a request.
     *
     * @param input tokens of the prompt, 0 if unknown
     * @param output tokens generated, 0 if none or unknown
     */
    public record Tokens(long input, long output) {

        /** Rejects negative lengths. */
        public Tokens {
            if (input < 0 || output < 0) {
                throw new IllegalArgumentException(
                        "Token counts must not be negative: input %d, output %d"
                                .formatted(input, output));
            }
        }
    }

    /** Whether it ran to its last token. */
    public boolean completed() {
        return outcome == Outcome.COMPLETED;
    }
}
