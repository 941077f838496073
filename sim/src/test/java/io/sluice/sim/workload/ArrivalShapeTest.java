package io.sluice.sim.workload;

import io.sluice.sim.random.Draws;
import io.sluice.sim.workload.ArrivalShape.Cycle;
import io.sluice.sim.workload.ArrivalShape.Gamma;
import io.sluice.sim.workload.ArrivalShape.Phase;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class ArrivalShapeTest {

    private static final int MANY = 200_000;

    @Test
    void poissonGapsHaveTheirMeanAndSpread() {
        double[] gaps = gaps(ArrivalShape.poisson(4));
        assertThat(mean(gaps)).isCloseTo(0.25, within(0.003));
        assertThat(deviation(gaps)).isCloseTo(0.25, within(0.005));
    }

    /** At shape 0.3 the gaps' deviation is 1 / sqrt(0.3) = 1.826 times their mean. */
    @Test
    void gammaGapsHaveTheirMeanAndBursts() {
        double[] gaps = gaps(new Gamma(4, 0.3));
        assertThat(mean(gaps)).isCloseTo(0.25, within(0.005));
        assertThat(deviation(gaps) / mean(gaps)).isCloseTo(1.826, within(0.03));
    }

    @Test
    void squareWaveHasTheRateOfEachHalf() {
        int[] counts = countsByPhase(ArrivalShape.squareWave(6, 30, 30), new double[] {30, 60});
        double cycles = (counts[0] + counts[1]) / (30.0 * 6 + 30 * 30);
        assertThat(counts[0] / (cycles * 30)).isCloseTo(6, within(0.15));
        assertThat(counts[1] / (cycles * 30)).isCloseTo(30, within(0.15));
    }

    /** Phases shorter than a gap, and one in which nothing arrives. */
    @Test
    void aCurveIsFollowedWhateverTheLengthOfItsPhases() {
        Cycle curve =
                new Cycle(List.of(new Phase(0.1, 1), new Phase(0.2, 0), new Phase(0.3, 4)), 1);
        int[] counts = countsByPhase(curve, new double[] {0.1, 0.3, 0.6});
        assertThat(counts[1]).isZero();
        assertThat((double) counts[2] / counts[0]).isCloseTo(12, within(0.3));
    }

    /** Two rates for long times each: within either the gaps have the deviation of their shape. */
    @Test
    void burstsFollowACurveToo() {
        Cycle curve = new Cycle(List.of(new Phase(500_000, 1), new Phase(50_000, 10)), 0.5);
        double[] gaps = gaps(curve);
        for (double[] part : List.of(Arrays.copyOf(gaps, 150_000), lastOf(gaps, 50_000))) {
            assertThat(deviation(part) / mean(part)).isCloseTo(Math.sqrt(2), within(0.02));
        }
    }

    private static double[] lastOf(double[] gaps, int count) {
        return Arrays.copyOfRange(gaps, gaps.length - count, gaps.length);
    }

    @Test
    void togetherIsAtTheStart() {
        assertThat(gaps(new ArrivalShape.Together())).containsOnly(0.0);
    }

    @Test
    void nonsenseIsNamed() {
        assertThatThrownBy(() -> ArrivalShape.poisson(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "workload: rate in requests per second is 0.0, must be a finite number above 0");
        assertThatThrownBy(() -> new Gamma(1, Double.NaN))
                .hasMessageContaining("shape of the gaps");
        assertThatThrownBy(() -> new Cycle(List.of(new Phase(1, 0)), 1))
                .hasMessageContaining("one has a rate above 0");
        assertThatThrownBy(() -> ArrivalShape.squareWave(1, -2, 30))
                .hasMessageContaining("rate of a phase is -2.0");
    }

    /** Arrivals in each part of a cycle, given where in the cycle the parts end, in seconds. */
    private static int[] countsByPhase(ArrivalShape shape, double[] ends) {
        int[] counts = new int[ends.length];
        double now = 0;
        for (double gap : gaps(shape)) {
            now += gap;
            double place = now % ends[ends.length - 1];
            int phase = 0;
            while (place > ends[phase]) {
                phase++;
            }
            counts[phase]++;
        }
        return counts;
    }

    private static double[] gaps(ArrivalShape shape) {
        DoubleSupplier supplier = shape.gaps(Draws.of(1, "test"));
        double[] gaps = new double[MANY];
        Arrays.setAll(gaps, i -> supplier.getAsDouble());
        return gaps;
    }

    private static double mean(double[] numbers) {
        return Arrays.stream(numbers).average().orElseThrow();
    }

    private static double deviation(double[] numbers) {
        double mean = mean(numbers);
        return Math.sqrt(
                Arrays.stream(numbers).map(x -> (x - mean) * (x - mean)).average().orElseThrow());
    }
}
