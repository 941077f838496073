package io.sluice.core.latency;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LatencyHistogramTest {

    private final LatencyHistogram histogram = new LatencyHistogram();

    @Test
    void emptyHasNothingToSay() {
        assertThat(histogram.isEmpty()).isTrue();
        assertThat(histogram.count()).isZero();
        assertThat(histogram.quantileMillis(0.5)).isEmpty();
        assertThat(histogram.meanMillis()).isEmpty();
        assertThat(histogram.minMillis()).isEmpty();
        assertThat(histogram.maxMillis()).isEmpty();
        assertThat(histogram.stats()).isEmpty();
        assertThat(histogram.toBuckets()).isEqualTo(LatencyBuckets.empty());
    }

    @Test
    void oneValueIsExactEverywhere() {
        histogram.addMillis(1234.567891);

        LatencyStats stats = histogram.stats().orElseThrow();

        double value = 1234.567891;
        assertThat(stats)
                .isEqualTo(new LatencyStats(1, value, value, value, value, value, value, value));
    }

    @Test
    void zeroIsZero() {
        histogram.addMillis(0);
        histogram.addMillis(-0.0);
        histogram.addMillis(100);

        assertThat(histogram.quantileMillis(0.5)).hasValue(0);
        assertThat(histogram.minMillis()).hasValue(0);
        assertThat(histogram.meanMillis()).hasValue(100 / 3.0);
    }

    @Test
    void quantilesFollowNearestRank() {
        for (int i = 1; i <= 100; i++) {
            histogram.addNanos(i);
        }

        // Below 128 ns buckets are exact. 0.07 * 100 is above 7 in floating point, yet rank 7 is
        // meant.
        assertThat(histogram.quantileMillis(0.07)).hasValue(7e-6);
        assertThat(histogram.quantileMillis(0.5)).hasValue(50e-6);
        assertThat(histogram.quantileMillis(0.501)).hasValue(51e-6);
        assertThat(histogram.quantileMillis(0.99)).hasValue(99e-6);
        assertThat(histogram.quantileMillis(0.991)).hasValue(100e-6);
        assertThat(histogram.quantileMillis(0)).hasValue(1e-6);
        assertThat(histogram.quantileMillis(1)).hasValue(100e-6);
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                -1e-9,
                -1,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                1e13
            })
    void whatIsNoDurationIsRefusedAndLeavesNoTrace(double millis) {
        histogram.addMillis(5);

        assertThat(LatencyHistogram.isRecordable(millis)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> histogram.addMillis(millis))
                .withMessageContaining(Double.toString(millis));
        assertThat(histogram.count()).isEqualTo(1);
        assertThat(histogram.maxMillis()).hasValue(5);
    }

    @Test
    void negativeNanosAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> histogram.addNanos(-1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.001, 1.001, Double.NaN})
    void quantilesOutsideZeroToOneAreRefused(double q) {
        histogram.addMillis(1);

        assertThatIllegalArgumentException().isThrownBy(() -> histogram.quantileMillis(q));
    }

    @Test
    void wholeRangeIsRecordable() {
        histogram.addMillis(0.01);
        histogram.addMillis(86_400_000);
        histogram.addMillis(LatencyHistogram.MAX_MILLIS);

        assertThat(histogram.minMillis()).hasValue(0.01);
        assertThat(histogram.quantileMillis(0.5).orElseThrow())
                .isBetween(86_400_000 * (1 - 1.0 / 128), 86_400_000 * (1 + 1.0 / 128));
        assertThat(histogram.maxMillis()).hasValue(LatencyHistogram.MAX_MILLIS);
    }

    @Test
    void sumSaturatesInsteadOfWrapping() {
        histogram.addNanos(Long.MAX_VALUE);
        histogram.addNanos(Long.MAX_VALUE);

        assertThat(histogram.meanMillis()).hasValue(Long.MAX_VALUE / 1e6 / 2);
        assertThat(LatencyHistogram.fromBuckets(histogram.toBuckets())).isEqualTo(histogram);
    }

    @Test
    void mergingWithItselfDoubles() {
        histogram.addMillis(10);
        histogram.addMillis(20);

        histogram.merge(histogram);

        assertThat(histogram.count()).isEqualTo(4);
        assertThat(histogram.meanMillis()).hasValue(15);
        assertThat(histogram.minMillis()).hasValue(10);
        assertThat(histogram.maxMillis()).hasValue(20);
    }

    @Test
    void copyIsIndependent() {
        histogram.addMillis(10);
        LatencyHistogram copy = histogram.copy();

        histogram.addMillis(20);

        assertThat(copy.count()).isEqualTo(1);
        assertThat(copy).isNotEqualTo(histogram);
    }

    @Test
    void printsItsShape() {
        assertThat(histogram).hasToString("LatencyHistogram[empty]");
        histogram.addMillis(10);
        assertThat(histogram.toString()).contains("count=1", "p99=10.0 ms");
    }
}
