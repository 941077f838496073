package io.sluice.core.latency;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BucketScaleTest {

    @Test
    void bucketsCoverAllLongsWithoutGapOrOverlap() {
        long next = 0;
        for (int index = 0; index < BucketScale.BUCKETS; index++) {
            assertThat(BucketScale.lowerNanos(index)).isEqualTo(next);
            assertThat(BucketScale.indexOf(BucketScale.lowerNanos(index))).isEqualTo(index);
            assertThat(BucketScale.indexOf(BucketScale.upperNanos(index))).isEqualTo(index);
            next = BucketScale.upperNanos(index) + 1;
        }
        assertThat(next).as("one past the last bucket").isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void midpointIsWithinTheStatedErrorOfBothEnds() {
        for (int index = 1; index < BucketScale.BUCKETS; index++) {
            double midpoint = BucketScale.midpointNanos(index);
            double lower = BucketScale.lowerNanos(index);
            double upper = BucketScale.upperNanos(index);
            assertThat((midpoint - lower) / lower).isLessThanOrEqualTo(BucketScale.RELATIVE_ERROR);
            assertThat((upper - midpoint) / upper).isLessThanOrEqualTo(BucketScale.RELATIVE_ERROR);
        }
    }

    @Property
    void everyValueIsInsideItsBucket(@ForAll @LongRange(min = 0) long nanos) {
        int index = BucketScale.indexOf(nanos);
        assertThat(nanos).isBetween(BucketScale.lowerNanos(index), BucketScale.upperNanos(index));
    }

    @Test
    void layoutIsFixed() {
        // Indices are on the wire and in savepoints: none of these may ever change.
        assertThat(BucketScale.NAME).isEqualTo("nanos-log2-64");
        assertThat(BucketScale.indexOf(0)).isZero();
        assertThat(BucketScale.indexOf(127)).isEqualTo(127);
        assertThat(BucketScale.indexOf(10_000)).isEqualTo(526);
        assertThat(BucketScale.indexOf(1_000_000)).isEqualTo(954);
        assertThat(BucketScale.indexOf(86_400_000_000_000L)).isEqualTo(2638);
        assertThat(BucketScale.indexOf(Long.MAX_VALUE)).isEqualTo(BucketScale.BUCKETS - 1);
    }
}
