package io.sluice.apps.simulate.reproduce;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** How near to a reference a figure must come. */
sealed interface Expectation {

    /** Whether a figure is what was expected of it. */
    boolean isMet(String reference, double ours);

    /** In words. */
    String words();

    /** All digits of the reference that are printed. */
    record Digits() implements Expectation {

        @Override
        public boolean isMet(String reference, double ours) {
            BigDecimal printed = new BigDecimal(reference);
            return BigDecimal.valueOf(ours)
                            .setScale(printed.scale(), RoundingMode.HALF_EVEN)
                            .compareTo(printed)
                    == 0;
        }

        @Override
        public String words() {
            return "digits";
        }
    }

    /**
     * Within a share of the reference.
     *
     * @param percent either way
     */
    record Within(double percent) implements Expectation {

        @Override
        public boolean isMet(String reference, double ours) {
            double value = Double.parseDouble(reference);
            return Math.abs(ours - value) <= percent / 100 * Math.abs(value);
        }

        @Override
        public String words() {
            return String.format(Locale.ROOT, "%s %%", BigDecimal.valueOf(percent).toPlainString());
        }
    }

    /** At least the reference. */
    record AtLeast() implements Expectation {

        @Override
        public boolean isMet(String reference, double ours) {
            return ours >= Double.parseDouble(reference);
        }

        @Override
        public String words() {
            return "at least";
        }
    }

    /** At most the reference. */
    record AtMost() implements Expectation {

        @Override
        public boolean isMet(String reference, double ours) {
            return ours <= Double.parseDouble(reference);
        }

        @Override
        public String words() {
            return "at most";
        }
    }

    /** Something else is simulated than the reference's program did: to be seen side by side. */
    record Shown() implements Expectation {

        @Override
        public boolean isMet(String reference, double ours) {
            return true;
        }

        @Override
        public String words() {
            return "shown";
        }
    }

    /**
     * Reads an expectation.
     *
     * @param text {@code digits}, a number of percent, {@code at least}, {@code at most} or {@code
     *     shown}
     */
    static Expectation parse(String text) {
        return switch (text) {
            case "digits" -> new Digits();
            case "at least" -> new AtLeast();
            case "at most" -> new AtMost();
            case "shown" -> new Shown();
            default -> {
                if (!text.endsWith("%")) {
                    throw new IllegalArgumentException("no expectation: '" + text + "'");
                }
                String number = text.substring(0, text.length() - 1).strip();
                yield new Within(Double.parseDouble(number));
            }
        };
    }
}
