package io.sluice.apps.simulate.reproduce;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * A reference number beside ours.
 *
 * @param row the reference
 * @param ours what was simulated
 */
record ComparedRow(ReferenceTable.Row row, double ours) {

    private static final int DIGITS_WITHOUT_REFERENCE = 3;

    /** Whether ours is what was expected. */
    boolean isMet() {
        return row.reference() == null
                || Expectation.parse(row.expected()).isMet(row.reference(), ours);
    }

    String reference() {
        return row.reference() == null ? "-" : row.reference();
    }

    /** Ours, with one digit more than the reference is printed with. */
    String printed() {
        int digits =
                row.reference() == null
                        ? DIGITS_WITHOUT_REFERENCE
                        : new BigDecimal(row.reference()).scale() + 1;
        return String.format(Locale.ROOT, "%." + digits + "f", ours);
    }

    /** By how much ours is off, in percent. */
    String difference() {
        if (row.reference() == null) {
            return "-";
        }
        double reference = Double.parseDouble(row.reference());
        return reference == 0
                ? "-"
                : String.format(Locale.ROOT, "%+.2f %%", 100 * (ours - reference) / reference);
    }

    String expected() {
        return row.reference() == null ? "-" : Expectation.parse(row.expected()).words();
    }
}
