package io.sluice.core.latency;

import io.sluice.core.model.Outcome;
import io.sluice.core.model.SloTarget;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SlaAggregateTest {

    private static final SloTarget TARGET = new SloTarget(500, 50, 5000);

    private final SlaAggregate aggregate = new SlaAggregate();

    @Test
    void anEmptyAggregateIsTheEmptySummary() {
        assertThat(aggregate.summary()).isEqualTo(SlaSummary.EMPTY);
        assertThat(aggregate.summary().requests()).isZero();
        assertThat(aggregate.summary().attainment(SloIndicator.TTFT).attainment()).isEmpty();
        assertThat(aggregate.summary().latency(LatencyMeasure.E2E).isEmpty()).isTrue();
    }

    @Test
    void completedRequestsCountEverywhere() {
        aggregate.add(completed(new LatencyMeasures(10, 400, 40, 4000), TARGET, 90));
        aggregate.add(completed(new LatencyMeasures(30, 600, 40, 4000), TARGET, 110));

        SlaSummary summary = aggregate.summary();

        assertThat(summary.outcomes()).containsOnly(entry(Outcome.COMPLETED, 2));
        assertThat(summary.latency(LatencyMeasure.QUEUE_WAIT).meanMillis()).hasValue(20);
        assertThat(summary.latency(LatencyMeasure.TTFT).maxMillis()).hasValue(600);
        assertThat(summary.latency(LatencyMeasure.TPOT).count()).isEqualTo(2);
        assertThat(summary.attainment(SloIndicator.TTFT)).isEqualTo(new SloCounts(2, 1));
        assertThat(summary.attainment(SloIndicator.TTFT).attainment()).hasValue(0.5);
        assertThat(summary.attainment(SloIndicator.E2E)).isEqualTo(new SloCounts(2, 2));
        assertThat(summary.attainment(SloIndicator.JOINT)).isEqualTo(new SloCounts(2, 1));
        assertThat(summary.volume()).isEqualTo(new SlaVolume(200, 200, 1, 90, 0));
    }

    @Test
    void timeToFirstTokenFromDispatchIsWithoutTheWait() {
        aggregate.add(completed(new LatencyMeasures(10, 400, 40, 4000), TARGET, 90));
        aggregate.add(completed(new LatencyMeasures(Double.NaN, 400, 40, 4000), TARGET, 90));

        LatencyHistogram fromDispatch =
                aggregate.summary().latency(LatencyMeasure.TTFT_FROM_DISPATCH);

        assertThat(fromDispatch.count()).isEqualTo(1);
        assertThat(fromDispatch.meanMillis()).hasValue(390);
    }

    @Test
    void aFirstTokenBeforeTheDispatchIsCountedAsInvalidOnce() {
        aggregate.add(completed(new LatencyMeasures(500, 400, 40, 4000), TARGET, 90));
        aggregate.add(completed(new LatencyMeasures(-1, 400, 40, 4000), TARGET, 90));

        SlaSummary summary = aggregate.summary();

        assertThat(summary.latency(LatencyMeasure.TTFT_FROM_DISPATCH).isEmpty()).isTrue();
        assertThat(summary.volume().invalidLatencies()).isEqualTo(2);
    }

    @Test
    void anEvictedRequestCountsItsWaitAndItsMissButNoLatency() {
        LatencyMeasures waitedOnly = new LatencyMeasures(9000, Double.NaN, Double.NaN, 9000);
        aggregate.add(SlaSamples.of(Outcome.EVICTED_TTL, waitedOnly, TARGET, 0));

        SlaSummary summary = aggregate.summary();

        assertThat(summary.outcomes()).containsOnly(entry(Outcome.EVICTED_TTL, 1));
        assertThat(summary.latencies()).containsOnlyKeys(LatencyMeasure.QUEUE_WAIT);
        assertThat(summary.attainment(SloIndicator.JOINT)).isEqualTo(new SloCounts(1, 0));
        assertThat(summary.volume()).isEqualTo(new SlaVolume(100, 0, 0, 0, 0));
    }

    @Test
    void onlyTheWaitCountsOfARequestThatDidNotComplete() {
        LatencyMeasures all = new LatencyMeasures(1, 2, 3, 4);
        SlaSample failed = SlaSamples.of(Outcome.FAILED, all, TARGET, 5);

        assertThat(failed.countedMillis(LatencyMeasure.QUEUE_WAIT)).isEqualTo(1);
        assertThat(failed.countedMillis(LatencyMeasure.TTFT)).isNaN();
        assertThat(completed(all, TARGET, 5).countedMillis(LatencyMeasure.E2E)).isEqualTo(4);
    }

    @Test
    void withoutTargetsCompletionIsGoodput() {
        aggregate.add(completed(new LatencyMeasures(10, 400, 40, 4000), SloTarget.NONE, 90));
        aggregate.add(SlaSamples.of(Outcome.FAILED, LatencyMeasures.NONE, SloTarget.NONE, 5));

        SlaSummary summary = aggregate.summary();

        assertThat(summary.slo()).isEmpty();
        assertThat(summary.volume()).isEqualTo(new SlaVolume(200, 95, 1, 90, 0));
    }

    @Test
    void latenciesThatAreNoDurationsAreCountedNotRecorded() {
        LatencyMeasures broken = new LatencyMeasures(-5, Double.POSITIVE_INFINITY, Double.NaN, 10);
        aggregate.add(completed(broken, SloTarget.NONE, 1));

        assertThat(aggregate.summary().latencies()).containsOnlyKeys(LatencyMeasure.E2E);
        assertThat(aggregate.summary().volume().invalidLatencies()).isEqualTo(2);
    }

    @Test
    void impossibleValuesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SloCounts(1, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> new SlaSample.Tokens(-1, 0));
    }

    @Test
    void summariesDoNotFollowTheirAggregate() {
        SlaSummary before = aggregate.summary();
        aggregate.add(completed(LatencyMeasures.NONE, TARGET, 1));

        assertThat(before).isEqualTo(SlaSummary.EMPTY);
    }

    @Provide
    Arbitrary<List<SlaSample>> samples() {
        return SlaSamples.any().list().ofMaxSize(12);
    }

    @Property
    void mergedEqualsSingle(
            @ForAll("samples") List<SlaSample> a, @ForAll("samples") List<SlaSample> b) {
        SlaAggregate single = of(a);
        b.forEach(single::add);
        SlaAggregate forward = of(a);
        forward.merge(of(b));
        SlaAggregate backward = of(b);
        backward.merge(of(a));

        assertThat(forward.summary()).isEqualTo(single.summary());
        assertThat(backward.summary()).isEqualTo(single.summary());
    }

    @Property
    void mergeIsCommutative(
            @ForAll("samples") List<SlaSample> a, @ForAll("samples") List<SlaSample> b) {
        SlaAggregate ab = of(a);
        ab.merge(of(b));
        SlaAggregate ba = of(b);
        ba.merge(of(a));

        assertThat(ab.summary()).isEqualTo(ba.summary());
    }

    @Property
    void mergeIsAssociative(
            @ForAll("samples") List<SlaSample> a,
            @ForAll("samples") List<SlaSample> b,
            @ForAll("samples") List<SlaSample> c) {
        SlaAggregate left = of(a);
        left.merge(of(b));
        left.merge(of(c));
        SlaAggregate tail = of(b);
        tail.merge(of(c));
        SlaAggregate right = of(a);
        right.merge(tail);

        assertThat(left.summary()).isEqualTo(right.summary());
    }

    @Property
    void summariesRoundTrip(@ForAll("samples") List<SlaSample> samples) {
        SlaSummary summary = of(samples).summary();

        assertThat(SlaAggregate.from(summary).summary()).isEqualTo(summary);
        assertThat(summary.requests()).isEqualTo(samples.size());
    }

    private static SlaAggregate of(List<SlaSample> samples) {
        SlaAggregate aggregate = new SlaAggregate();
        samples.forEach(aggregate::add);
        return aggregate;
    }

    private static SlaSample completed(LatencyMeasures measured, SloTarget target, long tokens) {
        return SlaSamples.of(Outcome.COMPLETED, measured, target, tokens);
    }

    private static Map.Entry<Outcome, Long> entry(Outcome outcome, long count) {
        return Map.entry(outcome, count);
    }
}
