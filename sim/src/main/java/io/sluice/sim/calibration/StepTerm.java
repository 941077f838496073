package io.sluice.sim.calibration;

import java.util.Locale;

/** The terms of a {@link io.sluice.sim.engine.LinearStepCost}, each a count and its cost. */
public enum StepTerm {
    /** Every step: reading the weights. */
    STEP("step") {
        @Override
        long count(StepSums sums) {
            return sums.steps();
        }
    },
    /** Per prompt token computed. */
    PREFILL_TOKEN("prompt token") {
        @Override
        long count(StepSums sums) {
            return sums.prefillTokens();
        }
    },
    /** Per decoding request. */
    DECODE("decoding request") {
        @Override
        long count(StepSums sums) {
            return sums.decodes();
        }
    },
    /** Per token of the decoding requests' summed context: reading keys and values. */
    CONTEXT_TOKEN("context token") {
        @Override
        long count(StepSums sums) {
            return sums.contextTokens();
        }
    },
    /** The same once more, only in steps that compute prompt tokens. */
    MIXED_CONTEXT_TOKEN("context token in mixed steps") {
        @Override
        long count(StepSums sums) {
            return sums.mixedContextTokens();
        }
    },
    /** Every step that computes prompt tokens. */
    MIXED_STEP("mixed step") {
        @Override
        long count(StepSums sums) {
            return sums.mixedSteps();
        }
    };

    private final String unit;

    StepTerm(String unit) {
        this.unit = unit;
    }

    /** What the cost is paid for, in words. */
    public String unit() {
        return unit;
    }

    /** The name that users write and files hold, such as {@code context-token}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How often the cost is paid. */
    abstract long count(StepSums sums);
}
