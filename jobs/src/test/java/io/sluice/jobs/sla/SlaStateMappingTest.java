package io.sluice.jobs.sla;

import io.sluice.core.latency.LatencyMeasures;
import io.sluice.core.latency.SlaAggregate;
import io.sluice.core.latency.SlaSample;
import io.sluice.core.latency.SlaSummary;
import io.sluice.core.model.Outcome;
import io.sluice.core.model.SloTarget;
import io.sluice.jobs.state.SlaAggregateState;
import io.sluice.jobs.state.SlaSampleState;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SlaStateMappingTest {

    @Property(tries = 200)
    void aggregatesSurviveTheirWayIntoStateAndBack(
            @ForAll @Size(max = 20) List<@DoubleRange(max = 1e6) Double> latencies,
            @ForAll Outcome outcome) {
        SlaAggregate aggregate = new SlaAggregate();
        latencies.forEach(millis -> aggregate.add(sample(outcome, millis)));
        SlaSummary summary = aggregate.summary();

        SlaAggregateState state = SlaStateMapping.state(summary, 7, 3);

        assertThat(SlaStateMapping.summary(state)).isEqualTo(summary);
        assertThat(state.lateEvents()).isEqualTo(7);
        assertThat(state.folded()).isEqualTo(3);
    }

    @Test
    void samplesKeepEveryField() {
        SlaSampleState state = new SlaSampleState("EvictedTTL", 1, 2, 3, 4, 5, 6, 7, 8, 9);

        assertThat(SlaStateMapping.sample(state))
                .isEqualTo(
                        new SlaSample(
                                Outcome.EVICTED_TTL,
                                new LatencyMeasures(1, 2, 3, 4),
                                new SloTarget(5, 6, 7),
                                new SlaSample.Tokens(8, 9)));
    }

    @Test
    void anUnknownOutcomeInStateIsABrokenInvariant() {
        SlaSampleState state = new SlaSampleState("Vanished", 1, 2, 3, 4, 5, 6, 7, 8, 9);

        assertThatIllegalStateException()
                .isThrownBy(() -> SlaStateMapping.sample(state))
                .withMessageContaining("Vanished");
    }

    private static SlaSample sample(Outcome outcome, double millis) {
        return new SlaSample(
                outcome,
                new LatencyMeasures(millis, millis / 2, Double.NaN, millis * 2),
                new SloTarget(500, 50, Double.NaN),
                new SlaSample.Tokens(10, 20));
    }
}
