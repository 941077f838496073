package io.sluice.sim.calibration;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class LeastSquaresTest {

    @Test
    void exactDataGivesItsCoefficientsWhateverTheirScales() {
        double[] truth = {12e-3, 38e-6, 17e-6, 97e-9, 68e-9};
        Random random = new Random(1);
        LeastSquares equations = new LeastSquares(truth.length);
        for (int i = 0; i < 50; i++) {
            double[] row = {
                1,
                random.nextInt(2_048),
                random.nextInt(128),
                random.nextInt(150_000),
                random.nextInt(150_000)
            };
            equations.add(row, dot(row, truth), 1);
        }

        double[] found = equations.solve(new double[truth.length]);

        for (int i = 0; i < truth.length; i++) {
            assertThat(found[i]).isCloseTo(truth[i], within(1e-6 * truth[i]));
        }
    }

    @Test
    void aCoefficientThatWouldBeNegativeStopsAtItsBoundAndTheOthersMakeUpForIt() {
        LeastSquares equations = new LeastSquares(2);
        // y = 10 - x at x = 0, 1, 2: without a bound 10 and -1.
        for (int x = 0; x < 3; x++) {
            equations.add(new double[] {1, x}, 10 - x, 1);
        }

        assertThat(equations.solve(new double[] {0, -5}))
                .containsExactly(new double[] {10, -1}, within(1e-9));
        assertThat(equations.solve(new double[2]))
                .containsExactly(new double[] {9, 0}, within(1e-9));
        assertThat(equations.solve(new double[] {0, 1}))
                .containsExactly(new double[] {8, 1}, within(1e-9));
    }

    @Test
    void weightsCountAsRepetitions() {
        LeastSquares weighted = new LeastSquares(1);
        weighted.add(new double[] {1}, 1, 3);
        weighted.add(new double[] {1}, 5, 1);

        assertThat(weighted.solve(new double[1])).containsExactly(new double[] {2}, within(1e-12));
        assertThat(weighted.rootMeanSquare(new double[] {2}))
                .isCloseTo(Math.sqrt(3), within(1e-12));
    }

    @Test
    void columnsThatAreTheSameAreSharedOutSomehowAndReported() {
        LeastSquares equations = new LeastSquares(2);
        equations.add(new double[] {1, 2}, 4, 1);
        equations.add(new double[] {2, 4}, 8, 1);

        double[] found = equations.solve(new double[2]);

        assertThat(found[0] + 2 * found[1]).isCloseTo(4, within(1e-9));
        assertThat(equations.conditionNumber()).isInfinite();
    }

    @Test
    void columnsAtRightAnglesAreConditionedPerfectly() {
        LeastSquares equations = new LeastSquares(2);
        equations.add(new double[] {1_000, 0}, 1, 1);
        equations.add(new double[] {0, 1e-6}, 1, 1);

        assertThat(equations.conditionNumber()).isCloseTo(1, within(1e-9));
    }

    /**
     * At the best point the slope of the sum of squares is 0 along a free coefficient, and points
     * out of bounds along one that is held.
     */
    @Property(tries = 500)
    void theSolutionIsTheBestWithinTheBounds(@ForAll long seed) {
        Random random = new Random(seed);
        int size = 1 + random.nextInt(6);
        LeastSquares equations = new LeastSquares(size);
        for (int i = 0; i < size + random.nextInt(20); i++) {
            equations.add(
                    random.doubles(size, -1, 1).toArray(),
                    random.nextGaussian(),
                    random.nextDouble() + 0.1);
        }
        double[] bounds = random.doubles(size, -0.5, 0.5).toArray();

        double[] found = equations.solve(bounds);

        double least = equations.sumOfSquares(found);
        for (int j = 0; j < size; j++) {
            assertThat(found[j]).isGreaterThanOrEqualTo(bounds[j]);
            double[] up = found.clone();
            up[j] += 1e-4;
            assertThat(equations.sumOfSquares(up)).isGreaterThanOrEqualTo(least - 1e-12);
            if (found[j] > bounds[j]) {
                double[] down = found.clone();
                down[j] = Math.max(bounds[j], down[j] - 1e-4);
                assertThat(equations.sumOfSquares(down)).isGreaterThanOrEqualTo(least - 1e-12);
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
