package io.sluice.core.latency;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.DoubleRange;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** The algebra that windows, roll-ups and restarts rely on. */
class LatencyHistogramMergeTest {

    @Provide
    Arbitrary<List<Long>> nanos() {
        Arbitrary<Long> usual = Arbitraries.longs().between(0, 100_000_000_000L);
        Arbitrary<Long> any = Arbitraries.longs().between(0, Long.MAX_VALUE);
        return Arbitraries.frequencyOf(Tuple.of(9, usual), Tuple.of(1, any)).list().ofMaxSize(60);
    }

    @Property
    void mergedEqualsSingle(@ForAll("nanos") List<Long> values, @ForAll int cut) {
        int at = values.isEmpty() ? 0 : Math.floorMod(cut, values.size());
        LatencyHistogram merged = of(values.subList(0, at));
        merged.merge(of(values.subList(at, values.size())));

        assertThat(merged).isEqualTo(of(values)).hasSameHashCodeAs(of(values));
    }

    @Property
    void mergeIsCommutative(@ForAll("nanos") List<Long> a, @ForAll("nanos") List<Long> b) {
        assertThat(sum(of(a), of(b))).isEqualTo(sum(of(b), of(a)));
    }

    @Property
    void mergeIsAssociative(
            @ForAll("nanos") List<Long> a,
            @ForAll("nanos") List<Long> b,
            @ForAll("nanos") List<Long> c) {
        assertThat(sum(sum(of(a), of(b)), of(c))).isEqualTo(sum(of(a), sum(of(b), of(c))));
    }

    @Property
    void emptyIsNeutral(@ForAll("nanos") List<Long> values) {
        assertThat(sum(of(values), of(List.of()))).isEqualTo(of(values));
        assertThat(sum(of(List.of()), of(values))).isEqualTo(of(values));
    }

    @Property
    void orderOfValuesDoesNotMatter(@ForAll("nanos") List<Long> values, @ForAll long seed) {
        List<Long> shuffled = new ArrayList<>(values);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(of(shuffled)).isEqualTo(of(values));
    }

    @Property
    void mergeLeavesTheOtherAlone(@ForAll("nanos") List<Long> a, @ForAll("nanos") List<Long> b) {
        LatencyHistogram other = of(b);
        of(a).merge(other);

        assertThat(other).isEqualTo(of(b));
    }

    @Property
    void bucketsRoundTrip(@ForAll("nanos") List<Long> values) {
        LatencyBuckets buckets = of(values).toBuckets();

        LatencyBuckets read =
                LatencyBuckets.of(buckets.indices(), buckets.counts(), buckets.extent());

        assertThat(read).isEqualTo(buckets).hasSameHashCodeAs(buckets);
        assertThat(LatencyHistogram.fromBuckets(read)).isEqualTo(of(values));
    }

    @Property
    void mergingBucketsEqualsMergingHistograms(
            @ForAll("nanos") List<Long> a, @ForAll("nanos") List<Long> b) {
        LatencyHistogram viaBuckets = of(a);
        viaBuckets.merge(of(b).toBuckets());

        assertThat(viaBuckets).isEqualTo(sum(of(a), of(b)));
    }

    @Property
    void quantilesGrowWithTheirArgument(
            @ForAll("nanos") List<Long> values,
            @ForAll @DoubleRange(min = 0, max = 1) double p,
            @ForAll @DoubleRange(min = 0, max = 1) double q) {
        LatencyHistogram histogram = of(values);

        assertThat(histogram.quantileMillis(Math.min(p, q)).orElse(0))
                .isLessThanOrEqualTo(histogram.quantileMillis(Math.max(p, q)).orElse(0));
    }

    @Property
    void differentValuesGiveDifferentHistograms(
            @ForAll("nanos") List<Long> values, @ForAll("nanos") List<Long> others) {
        boolean sameExtent =
                of(values).toBuckets().extent().equals(of(others).toBuckets().extent());
        if (values.size() != others.size() || !sameExtent) {
            assertThat(of(values)).isNotEqualTo(of(others));
        }
    }

    private static LatencyHistogram of(List<Long> nanos) {
        LatencyHistogram histogram = new LatencyHistogram();
        nanos.forEach(histogram::addNanos);
        return histogram;
    }

    private static LatencyHistogram sum(LatencyHistogram a, LatencyHistogram b) {
        LatencyHistogram sum = a.copy();
        sum.merge(b);
        return sum;
    }
}
