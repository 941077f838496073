package io.sluice.core.latency;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LatencyBucketsTest {

    static Stream<Arguments> contradictions() {
        return Stream.of(
                contradiction("2 indices but 1 counts", ints(1, 2), longs(1), extent(3, 1, 2)),
                contradiction("index 2 at 1 after 2", ints(2, 2), longs(1, 1), extent(4, 2, 2)),
                contradiction("index 1 at 1 after 2", ints(2, 1), longs(1, 1), extent(3, 1, 2)),
                contradiction("index -1 at 0", ints(-1), longs(1), extent(0, 0, 0)),
                contradiction("index 3712 at 0", ints(3712), longs(1), extent(0, 0, 0)),
                contradiction("count 0 at 0 is not positive", ints(5), longs(0), extent(5, 5, 5)),
                contradiction("no buckets but", ints(), longs(), extent(1, 1, 1)),
                contradiction("for buckets 5 to 5", ints(5), longs(1), extent(5, 4, 5)),
                contradiction("for buckets 5 to 5", ints(5), longs(1), extent(6, 5, 6)),
                contradiction("for buckets 5 to 6", ints(5, 6), longs(1, 1), extent(5, 5, 6)),
                contradiction("for buckets 5 to 5", ints(5), longs(1), extent(5, -5, 5)));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void contradictionsAreRefused(
            String message, int[] indices, long[] counts, LatencyBuckets.Extent extent) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LatencyBuckets.of(indices, counts, extent))
                .withMessageContaining(message);
    }

    @Test
    void arraysOfCallersStayTheirs() {
        int[] indices = {5};
        long[] counts = {1};
        LatencyBuckets buckets = LatencyBuckets.of(indices, counts, extent(5, 5, 5));

        indices[0] = 6;
        buckets.counts()[0] = 7;
        buckets.indices()[0] = 7;

        assertThat(buckets).isEqualTo(LatencyBuckets.of(ints(5), longs(1), extent(5, 5, 5)));
        assertThat(buckets.toString()).contains("[5]", "[1]", "sumNanos=5");
    }

    private static Arguments contradiction(
            String message, int[] indices, long[] counts, LatencyBuckets.Extent extent) {
        return Arguments.of(message, indices, counts, extent);
    }

    private static int[] ints(int... values) {
        return values;
    }

    private static long[] longs(long... values) {
        return values;
    }

    private static LatencyBuckets.Extent extent(long sum, long min, long max) {
        return new LatencyBuckets.Extent(sum, min, max);
    }
}
