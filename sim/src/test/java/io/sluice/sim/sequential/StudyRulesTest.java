package io.sluice.sim.sequential;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.math.RoundingMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class StudyRulesTest {

    private static final StudyRules JANUARY = StudyRules.january(SequentialRuns.A5000_4B);
    private static final StudyRules DECEMBER = StudyRules.december();

    @Property(tries = 2000, seed = "3")
    void roundsTheExactValue(@ForAll @DoubleRange(min = -1e7, max = 1e7) double seconds) {
        assertThat(JANUARY.round(seconds)).isEqualTo(exactly(seconds, 10));
        assertThat(DECEMBER.round(seconds)).isEqualTo(exactly(seconds, 3));
    }

    /** Of half-way numbers only those are half-way that a double holds exactly. */
    @Test
    void roundsHalves() {
        assertThat(DECEMBER.round(0.0625)).isEqualTo(0.062);
        assertThat(DECEMBER.round(0.1875)).isEqualTo(0.188);
        assertThat(DECEMBER.round(1.0005)).isEqualTo(exactly(1.0005, 3));
        assertThat(DECEMBER.round(-0.0625)).isEqualTo(-0.062);
    }

    /** On the A5000 a prompt of one or two tokens is kept, in part, and nothing else. */
    @Test
    void whatJanuaryKeeps() {
        assertThat(JANUARY.cachedShare(1)).isEqualTo(1);
        assertThat(JANUARY.cachedShare(2)).isEqualTo(0.5);
        assertThat(JANUARY.cachedShare(3)).isZero();
        assertThat(JANUARY.cachedShare(499)).isZero();
        assertThat(JANUARY.cachedTokens(1)).isZero();
        assertThat(JANUARY.cachedTokens(500)).isZero();
    }

    @Test
    void whatDecemberKeeps() {
        assertThat(DECEMBER.cachedShare(1)).isCloseTo(0.25, within(1e-12));
        assertThat(DECEMBER.cachedShare(19)).isCloseTo(0.25, within(1e-12));
        assertThat(DECEMBER.cachedTokens(50)).isEqualTo(47);
        assertThat(DECEMBER.cachedTokens(0)).isZero();
    }

    @Test
    void countsWholeTokensOnly() {
        double seven = JANUARY.cost().decode(100, 7);
        double eight = JANUARY.cost().decode(100, 8);
        assertThat(JANUARY.tokensMade(100, (seven + eight) / 2)).isEqualTo(7);
        assertThat(JANUARY.tokensMade(100, 0)).isZero();
    }

    private static double exactly(double seconds, int decimals) {
        return new BigDecimal(seconds).setScale(decimals, RoundingMode.HALF_EVEN).doubleValue();
    }
}
