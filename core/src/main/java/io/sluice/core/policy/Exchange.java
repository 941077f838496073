package io.sluice.core.policy;

/**
 * What it brings and what it costs to interrupt a run for another, in predicted milliseconds.
 *
 * @param gainMillis what is gained; infinite if it is worth any cost
 * @param costMillis what is lost; infinite if nothing is worth it
 */
public record Exchange(double gainMillis, double costMillis) {

    /** Worth it, whatever it costs. */
    public static final Exchange AT_ANY_COST = new Exchange(Double.POSITIVE_INFINITY, 0);

    /** Not worth it, whatever is gained. */
    public static final Exchange NEVER = new Exchange(0, Double.POSITIVE_INFINITY);

    /** Whether the gain exceeds the cost. */
    public boolean pays() {
        return gainMillis > costMillis;
    }

    /** The account, for people. */
    public String describe() {
        return "predicted gain %s, cost %s".formatted(amount(gainMillis), amount(costMillis));
    }

    private static String amount(double millis) {
        return Double.isInfinite(millis) ? "without bound" : "%d ms".formatted(Math.round(millis));
    }
}
