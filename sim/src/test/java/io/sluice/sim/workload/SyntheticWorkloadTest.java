package io.sluice.sim.workload;

import io.sluice.sim.workload.SyntheticSettings.Callers;
import io.sluice.sim.workload.SyntheticSettings.TenantShare;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class SyntheticWorkloadTest {

    private static final int COUNT = 50_000;
    private static final SyntheticSettings PLAIN =
            SyntheticSettings.of(
                    COUNT,
                    ArrivalShape.poisson(100),
                    new LengthSource.Uniform(10, 20),
                    LengthSource.LogNormal.ofMean(200, 0.8, 8_192));

    @Test
    void lengthsComeFromTheirSources() {
        List<SimulatedRequest> requests = all(PLAIN);
        assertThat(requests).hasSize(COUNT);
        assertThat(requests).extracting(SimulatedRequest::promptTokens).contains(10, 20);
        assertThat(requests).allMatch(r -> r.promptTokens() >= 10 && r.promptTokens() <= 20);
        assertThat(requests.stream().mapToInt(SimulatedRequest::outputTokens).average().orElse(0))
                .isCloseTo(200, within(3.0));
        assertThat(requests).allMatch(r -> r.predictedTokens() == r.outputTokens());
        assertThat(requests).noneMatch(SimulatedRequest::hasDeadline);
    }

    @Test
    void arrivalsAscendAtTheirRateAndIndicesCount() {
        List<SimulatedRequest> requests = all(PLAIN);
        for (int i = 0; i < COUNT; i++) {
            assertThat(requests.get(i).index()).isEqualTo(i);
            assertThat(requests.get(i).releaseNanos()).isEqualTo(requests.get(i).arrivalNanos());
            assertThat(
                            i == 0
                                    || requests.get(i - 1).arrivalNanos()
                                            <= requests.get(i).arrivalNanos())
                    .isTrue();
        }
        assertThat(requests.get(COUNT - 1).arrivalNanos() / 1e9).isCloseTo(500, within(10.0));
    }

    @Test
    void callersHaveTheirShares() {
        Callers callers =
                new Callers(
                        List.of(1.0, 0.0, 3.0),
                        List.of(new TenantShare("a", 9), new TenantShare("b", 1)));
        List<SimulatedRequest> requests = all(PLAIN.withCallers(callers));
        assertThat(requests).extracting(SimulatedRequest::rank).doesNotContain(1);
        assertThat(share(requests.stream().filter(r -> r.rank() == 0).count()))
                .isCloseTo(0.25, within(0.01));
        assertThat(share(requests.stream().filter(r -> r.tenant().equals("b")).count()))
                .isCloseTo(0.1, within(0.01));
        assertThat(requests)
                .extracting(SimulatedRequest::arrivalNanos)
                .isEqualTo(all(PLAIN).stream().map(SimulatedRequest::arrivalNanos).toList());
    }

    /** The logarithm of the ratio has the deviation asked for, so half are off by 22 % or more. */
    @Test
    void predictionsAreAsWrongAsAsked() {
        List<SimulatedRequest> requests = all(PLAIN.withPredictionSigma(0.3));
        double squares =
                requests.stream()
                        .filter(r -> r.outputTokens() > 100)
                        .mapToDouble(r -> Math.log((double) r.predictedTokens() / r.outputTokens()))
                        .map(x -> x * x)
                        .average()
                        .orElse(0);
        assertThat(Math.sqrt(squares)).isCloseTo(0.3, within(0.01));
    }

    @Test
    void deadlinesFollowTheirRule() {
        List<SimulatedRequest> byRank =
                all(
                        PLAIN.withCallers(
                                        new Callers(List.of(1.0, 1.0, 1.0), Callers.ONE.tenants()))
                                .withDeadlines(
                                        new DeadlineRule.ByRank(
                                                List.of(
                                                        Duration.ofMillis(5),
                                                        Duration.ofMillis(70)))));
        assertThat(byRank)
                .allMatch(
                        r ->
                                r.deadlineNanos() - r.arrivalNanos()
                                        == (r.rank() == 0 ? 5_000_000 : 70_000_000));
        assertThat(
                        all(
                                PLAIN.withDeadlines(
                                        new DeadlineRule.ByLength(
                                                Duration.ofMillis(5), Duration.ofNanos(3)))))
                .allMatch(
                        r ->
                                r.deadlineNanos() - r.arrivalNanos()
                                        == 5_000_000 + 3L * r.outputTokens());
        List<SimulatedRequest> between =
                all(
                        PLAIN.withDeadlines(
                                new DeadlineRule.Between(
                                        Duration.ofNanos(100), Duration.ofNanos(200))));
        assertThat(between)
                .allMatch(
                        r ->
                                r.deadlineNanos() - r.arrivalNanos() >= 100
                                        && r.deadlineNanos() - r.arrivalNanos() <= 200);
        assertThat(
                        between.stream()
                                .mapToLong(r -> r.deadlineNanos() - r.arrivalNanos())
                                .average()
                                .orElse(0))
                .isCloseTo(150, within(1.0));
    }

    @Test
    void drawnLengthsAreThoseGiven() {
        SyntheticSettings settings =
                SyntheticSettings.of(
                        1_000,
                        new ArrivalShape.Together(),
                        new LengthSource.Fixed(7),
                        new LengthSource.Drawn(List.of(3, 5, 11)));
        List<SimulatedRequest> requests = all(settings);
        assertThat(requests).extracting(SimulatedRequest::promptTokens).containsOnly(7);
        assertThat(requests).extracting(SimulatedRequest::outputTokens).containsOnly(3, 5, 11);
        assertThat(requests).extracting(SimulatedRequest::arrivalNanos).containsOnly(0L);
    }

    @Test
    void theSameSeedGivesTheSame() {
        Iterator<SimulatedRequest> again = new SyntheticWorkload(PLAIN).requests(1);
        assertThat(all(PLAIN)).allMatch(r -> r.equals(again.next()));
        assertThat(new SyntheticWorkload(PLAIN).requests(2).next()).isNotEqualTo(all(PLAIN).get(0));
        assertThat(again.hasNext()).isFalse();
        assertThatThrownBy(again::next).isInstanceOf(NoSuchElementException.class);
    }

    /** More requests than memory holds: only those that are read are drawn. */
    @Test
    void isDrawnAsItIsRead() {
        SyntheticSettings endless =
                SyntheticSettings.of(
                        Integer.MAX_VALUE,
                        ArrivalShape.squareWave(1, 5, 30),
                        new LengthSource.Fixed(1),
                        new LengthSource.Fixed(1));
        Iterator<SimulatedRequest> requests = new SyntheticWorkload(endless).requests(1);
        int last = -1;
        while (last < 300_000) {
            last = requests.next().index();
        }
        assertThat(requests.hasNext()).isTrue();
    }

    @Test
    void nonsenseIsNamed() {
        assertThatThrownBy(() -> new Callers(List.of(1.0, -1.0), Callers.ONE.tenants()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("class weights is [1.0, -1.0]");
        assertThatThrownBy(() -> new Callers(List.of(1.0), List.of()))
                .hasMessageContaining("tenant weights is []");
        assertThatThrownBy(() -> new LengthSource.Uniform(5, 4))
                .hasMessageContaining("longest length in tokens is 4, must be 5 to");
        assertThatThrownBy(() -> new LengthSource.Drawn(List.of()))
                .hasMessageContaining("lengths to draw from is 0");
        assertThatThrownBy(() -> new LengthSource.LogNormal(10, -1, 10))
                .hasMessageContaining("sigma of lengths is -1.0");
        assertThatThrownBy(() -> PLAIN.withPredictionSigma(Double.NaN))
                .hasMessageContaining("predictionSigma is NaN");
        assertThatThrownBy(
                        () ->
                                new DeadlineRule.Between(
                                        Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessageContaining("longest deadline is PT1S, must be at least the shortest");
    }

    private static double share(long count) {
        return (double) count / COUNT;
    }

    private static List<SimulatedRequest> all(SyntheticSettings settings) {
        List<SimulatedRequest> requests = new ArrayList<>();
        new SyntheticWorkload(settings).requests(1).forEachRemaining(requests::add);
        return requests;
    }
}
