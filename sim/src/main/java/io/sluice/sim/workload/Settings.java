package io.sluice.sim.workload;

/** Checks of settings: a message names the field, its value, and what is allowed. */
final class Settings {

    private Settings() {}

    /** A whole number within limits, both included. */
    static void requireBetween(String field, long value, long least, long most) {
        if (value < least || value > most) {
            String allowed =
                    most == Long.MAX_VALUE || most == Integer.MAX_VALUE
                            ? least + " or more"
                            : least + " to " + most;
            throw wrong(field, value, allowed);
        }
    }

    /** A number from 0 to 1. */
    static void requireShare(String field, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw wrong(field, value, "0 to 1");
        }
    }

    /** A finite number above 0. */
    static void requirePositive(String field, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw wrong(field, value, "a finite number above 0");
        }
    }

    /** What to throw for a value that is not allowed. */
    static IllegalArgumentException wrong(String field, Object value, String allowed) {
        return new IllegalArgumentException(
                "workload: %s is %s, must be %s".formatted(field, value, allowed));
    }
}
