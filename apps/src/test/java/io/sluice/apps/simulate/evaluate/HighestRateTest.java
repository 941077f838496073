package io.sluice.apps.simulate.evaluate;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HighestRateTest {

    private static final double WITHIN = 1.011;

    @Property
    void isJustBelowWhatIsBorne(@ForAll @DoubleRange(min = 0.05, max = 4000) double most) {
        double found = new HighestRate(6).of(rate -> rate <= most);
        assertThat(found).isLessThanOrEqualTo(most).isGreaterThan(most / WITHIN);
    }

    @Test
    void nothingIsBorne() {
        assertThat(new HighestRate(6).of(rate -> false)).isZero();
    }

    @Test
    void everythingIsBorne() {
        assertThat(new HighestRate(2).of(rate -> true)).isGreaterThan(4_000);
    }
}
