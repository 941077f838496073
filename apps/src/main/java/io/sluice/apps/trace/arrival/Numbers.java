package io.sluice.apps.trace.arrival;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers for reports. */
final class Numbers {

    private static final MathContext FOUR_DIGITS = new MathContext(4);

    private Numbers() {}

    /** At most four significant digits, no exponent, no trailing zeros. */
    static String plain(double value) {
        return new BigDecimal(value).round(FOUR_DIGITS).stripTrailingZeros().toPlainString();
    }
}
