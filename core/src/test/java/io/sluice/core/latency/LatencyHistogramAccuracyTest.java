package io.sluice.core.latency;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Quantiles against the sorted values themselves and against HdrHistogram, over distributions as
 * latencies have them.
 */
class LatencyHistogramAccuracyTest {

    private static final int VALUES = 20_000;
    private static final double[] QUANTILES = {
        0.0, 0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999, 1.0
    };

    static Stream<Arguments> distributions() {
        return Stream.of(
                distribution("uniform 0..1 s", random -> 1000 * random.nextDouble()),
                distribution("lognormal", random -> 200 * Math.exp(1.2 * random.nextGaussian())),
                distribution(
                        "Pareto 1.1", random -> 5 / Math.pow(1 - random.nextDouble(), 1 / 1.1)),
                distribution("constant", random -> 37.25),
                distribution("two modes", random -> random.nextBoolean() ? 0.05 : 90_000),
                distribution("mostly zero", random -> random.nextInt(10) == 0 ? 12.5 : 0),
                distribution("tiny", random -> 0.01 + 0.001 * random.nextDouble()),
                distribution("huge", random -> 86_400_000 * random.nextDouble()),
                distribution("whole range", random -> Math.pow(10, -2 + 10 * random.nextDouble())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("distributions")
    void quantilesAreWithinTheStatedErrorOfTheSortedValues(String name, double[] millis) {
        LatencyHistogram histogram = histogramOf(millis);
        double[] sorted = millis.clone();
        Arrays.sort(sorted);

        for (double q : QUANTILES) {
            int rank = (int) Math.max(1, Math.ceil(q * VALUES));
            double exact = sorted[rank - 1];
            // Half a nanosecond is what rounding to whole nanoseconds may add.
            double bound = exact * BucketScale.RELATIVE_ERROR + 0.5e-6;
            assertThat(histogram.quantileMillis(q).orElseThrow())
                    .as("%s, quantile %s", name, q)
                    .isCloseTo(exact, within(bound));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("distributions")
    void countMeanAndExtremesAreExact(String name, double[] millis) {
        LatencyHistogram histogram = histogramOf(millis);

        double roundToNanos = 0.5e-6 * (1 + 1e-3);
        double max = Arrays.stream(millis).max().orElseThrow();
        assertThat(histogram.count()).isEqualTo(VALUES);
        assertThat(histogram.minMillis().orElseThrow())
                .isCloseTo(Arrays.stream(millis).min().orElseThrow(), within(roundToNanos));
        assertThat(histogram.maxMillis().orElseThrow()).isCloseTo(max, within(roundToNanos));
        assertThat(histogram.meanMillis().orElseThrow())
                .isCloseTo(
                        Arrays.stream(millis).average().orElseThrow(),
                        within(roundToNanos + max * 1e-12));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("distributions")
    void agreesWithHdrHistogram(String name, double[] millis) {
        LatencyHistogram histogram = histogramOf(millis);
        Histogram oracle = new Histogram(3);
        for (double value : millis) {
            oracle.recordValue(Math.round(value * 1e6));
        }

        for (double q : QUANTILES) {
            double expected = oracle.getValueAtPercentile(100 * q) / 1e6;
            // Three digits of the oracle on top of our own error.
            double bound = expected * (BucketScale.RELATIVE_ERROR + 0.001) + 1e-6;
            assertThat(histogram.quantileMillis(q).orElseThrow())
                    .as("%s, quantile %s", name, q)
                    .isCloseTo(expected, within(bound));
        }
    }

    private static Arguments distribution(String name, ToDoubleFunction<Random> draw) {
        Random random = new Random(20260522);
        double[] millis = new double[VALUES];
        Arrays.setAll(millis, i -> draw.applyAsDouble(random));
        return Arguments.of(name, millis);
    }

    private static LatencyHistogram histogramOf(double[] millis) {
        LatencyHistogram histogram = new LatencyHistogram();
        for (double value : millis) {
            histogram.addMillis(value);
        }
        return histogram;
    }
}
