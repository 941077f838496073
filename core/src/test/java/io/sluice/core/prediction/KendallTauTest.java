package io.sluice.core.prediction;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class KendallTauTest {

    private static final double[] LENGTHS = {3.2, 1.5, 4.8, 2.1, 3.7};

    /** A public learning-to-rank scheduler prints -0.40 for these, from positions of a sort. */
    @Test
    void predictedRanksAgainstLengths() {
        assertThat(KendallTau.tauB(new double[] {3, 1, 4, 2, 5}, LENGTHS))
                .isCloseTo(0.8, within(1e-15));
    }

    @Test
    void sameAndReverseOrderAreExact() {
        double[] reverse = Arrays.stream(LENGTHS).map(length -> -length).toArray();
        assertThat(KendallTau.tauB(LENGTHS, LENGTHS)).isEqualTo(1.0);
        assertThat(KendallTau.tauB(LENGTHS, reverse)).isEqualTo(-1.0);
    }

    @Test
    void aListWithTiesEqualsItself() {
        double[] ties = {1, 1, 2, 2, 2, 7, 7, 9};
        assertThat(KendallTau.tauB(ties, ties)).isEqualTo(1.0);
    }

    /** Of 10 pairs one is tied in each list, 7 are concordant and 1 is discordant. */
    @Test
    void tiesOnBothSides() {
        assertThat(KendallTau.tauB(new double[] {1, 1, 2, 3, 4}, new double[] {1, 2, 2, 5, 4}))
                .isCloseTo((7 - 1) / Math.sqrt(9 * 9), within(1e-15));
    }

    @Test
    void bothZerosAreOneNumber() {
        assertThat(KendallTau.tauB(new double[] {0.0, -0.0, 1}, new double[] {1, 1, 2}))
                .isEqualTo(1.0);
    }

    @Test
    void infinitiesAreInOrder() {
        double[] x = {Double.NEGATIVE_INFINITY, 0, Double.POSITIVE_INFINITY};
        assertThat(KendallTau.tauB(x, new double[] {1, 2, 3})).isEqualTo(1.0);
    }

    @Test
    void withoutAnOrderThereIsNoTau() {
        assertThat(KendallTau.tauB(new double[0], new double[0])).isNaN();
        assertThat(KendallTau.tauB(new double[] {1}, new double[] {2})).isNaN();
        assertThat(KendallTau.tauB(new double[] {1, 1, 1}, new double[] {1, 2, 3})).isNaN();
    }

    @Test
    void nonsenseIsNamed() {
        assertThatThrownBy(() -> KendallTau.tauB(new double[2], new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not 2 numbers with 3");
        assertThatThrownBy(() -> KendallTau.tauB(new double[] {1, 2}, new double[] {1, Double.NaN}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("number 1 of the second list is NaN");
    }

    /** Few different numbers, so that ties are everywhere. */
    @Provide
    Arbitrary<double[]> tied() {
        return Arbitraries.integers()
                .between(-3, 3)
                .map(Integer::doubleValue)
                .array(Double[].class)
                .ofMinSize(0)
                .ofMaxSize(40)
                .map(boxed -> Arrays.stream(boxed).mapToDouble(Double::doubleValue).toArray());
    }

    @Property(tries = 2000, seed = "1")
    void equalsItsDefinition(@ForAll("tied") double[] first, @ForAll("tied") double[] second) {
        int length = Math.min(first.length, second.length);
        double[] x = Arrays.copyOf(first, length);
        double[] y = Arrays.copyOf(second, length);
        double expected = quadratic(x, y);
        if (Double.isNaN(expected)) {
            assertThat(KendallTau.tauB(x, y)).isNaN();
        } else {
            assertThat(KendallTau.tauB(x, y)).isCloseTo(expected, within(1e-12));
            assertThat(KendallTau.tauB(y, x)).isEqualTo(KendallTau.tauB(x, y));
        }
    }

    @Property(tries = 50, seed = "2")
    void equalsItsDefinitionOnLongLists(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] x = random.doubles(700).toArray();
        double[] y = Arrays.stream(x).map(v -> Math.rint(20 * (v + random.nextDouble()))).toArray();
        assertThat(KendallTau.tauB(x, y)).isCloseTo(quadratic(x, y), within(1e-12));
    }

    /** The definition, pair by pair. */
    private static double quadratic(double[] x, double[] y) {
        long difference = 0;
        long comparableX = 0;
        long comparableY = 0;
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < i; j++) {
                double signX = Math.signum(x[i] - x[j]);
                double signY = Math.signum(y[i] - y[j]);
                difference += (long) (signX * signY);
                comparableX += (long) Math.abs(signX);
                comparableY += (long) Math.abs(signY);
            }
        }
        return difference / Math.sqrt((double) comparableX * comparableY);
    }
}
