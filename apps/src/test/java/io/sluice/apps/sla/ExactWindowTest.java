package io.sluice.apps.sla;

import io.sluice.core.latency.LatencyMeasure;
import io.sluice.core.latency.LatencyMeasures;
import io.sluice.core.latency.SlaLabels;
import io.sluice.core.latency.SlaSample;
import io.sluice.core.latency.SloIndicator;
import io.sluice.core.model.Outcome;
import io.sluice.core.model.SloTarget;
import io.sluice.core.slo.SloRequest;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

class ExactWindowTest {

    @Test
    void percentilesAreNearestRanks() {
        long[] hundred = LongStream.rangeClosed(1, 100).toArray();
        assertThat(ExactWindow.percentile(hundred, 50)).isEqualTo(50);
        assertThat(ExactWindow.percentile(hundred, 99)).isEqualTo(99);
        assertThat(ExactWindow.percentile(new long[] {1, 2, 3}, 50)).isEqualTo(2);
        assertThat(ExactWindow.percentile(new long[] {1, 2, 3}, 90)).isEqualTo(3);
        assertThat(ExactWindow.percentile(new long[] {7}, 50)).isEqualTo(7);
    }

    @Test
    void countsByTheRulesOfTheWindows() {
        SloTarget target = new SloTarget(100, Double.NaN, Double.NaN);
        ExactWindow window =
                ExactWindow.of(
                        List.of(
                                outcome(
                                        Outcome.COMPLETED,
                                        new LatencyMeasures(5, 90, 2, 300),
                                        target),
                                outcome(
                                        Outcome.COMPLETED,
                                        new LatencyMeasures(5, 110, -2, 300),
                                        target),
                                outcome(
                                        Outcome.EVICTED_TTL,
                                        new LatencyMeasures(900, Double.NaN, Double.NaN, 900),
                                        target)));

        assertThat(window.outcomes())
                .containsEntry("Completed", 2L)
                .containsEntry("EvictedTTL", 1L);
        assertThat(window.sortedNanos(LatencyMeasure.QUEUE_WAIT))
                .containsExactly(5_000_000, 5_000_000, 900_000_000);
        assertThat(window.sortedNanos(LatencyMeasure.TTFT_FROM_DISPATCH))
                .containsExactly(85_000_000, 105_000_000);
        assertThat(window.sortedNanos(LatencyMeasure.TPOT)).containsExactly(2_000_000);
        assertThat(window.sortedNanos(LatencyMeasure.E2E)).hasSize(2);
        assertThat(window.withTarget()).containsEntry(SloIndicator.TTFT, 3L);
        assertThat(window.met()).containsEntry(SloIndicator.TTFT, 1L);
        assertThat(window.volume())
                .containsEntry(ExactWindow.INVALID, 1L)
                .containsEntry(ExactWindow.GOODPUT_REQUESTS, 1L)
                .containsEntry(ExactWindow.GOODPUT_TOKENS, 20L)
                .containsEntry(ExactWindow.OUTPUT_TOKENS, 60L);
    }

    private static CountedOutcome outcome(
            Outcome outcome, LatencyMeasures latencies, SloTarget target) {
        return new CountedOutcome(
                0,
                new SloRequest(
                        new SlaSample(outcome, latencies, target, new SlaSample.Tokens(10, 20)),
                        new SlaLabels(null, null, "acme", 0),
                        null,
                        Double.NaN));
    }
}
