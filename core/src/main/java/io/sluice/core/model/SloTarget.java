package io.sluice.core.model;

/**
 * Latency targets of one request, each in milliseconds; {@link Double#NaN} where the submitter
 * named none. Targets are what attainment is measured against; unlike a deadline they never close a
 * request.
 *
 * @param ttftMillis time to first token, from submission
 * @param tpotMillis mean time per output token after the first
 * @param e2eMillis end to end, from submission to the last token
 */
public record SloTarget(double ttftMillis, double tpotMillis, double e2eMillis) {

    /** No targets. */
    public static final SloTarget NONE = new SloTarget(Double.NaN, Double.NaN, Double.NaN);

    /** Rejects zero, negative and infinite targets. */
    public SloTarget {
        requireTarget("ttft", ttftMillis);
        requireTarget("tpot", tpotMillis);
        requireTarget("e2e", e2eMillis);
    }

    private static void requireTarget(String name, double millis) {
        if (!Double.isNaN(millis) && (millis <= 0 || Double.isInfinite(millis))) {
            throw new IllegalArgumentException(
                    "slo target %s must be a positive number of milliseconds, got %s"
                            .formatted(name, millis));
        }
    }

    /**
     * Whether a latency meets one target. One that is missing or cannot be right does not: a
     * promise that cannot be shown to be kept is not kept.
     *
     * @param millis what was measured; NaN if nothing was
     * @param targetMillis a target that is named
     */
    public static boolean isMet(double millis, double targetMillis) {
        // Both comparisons are false for NaN.
        return millis >= 0 && millis <= targetMillis;
    }
}
