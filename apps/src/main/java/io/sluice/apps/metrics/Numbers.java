package io.sluice.apps.metrics;

/** Numbers as the text format writes them. */
final class Numbers {

    private Numbers() {}

    static String text(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        return Double.toString(value);
    }
}
