package io.sluice.sim.workload;

import io.sluice.core.prediction.KendallTau;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class RankingBurstWorkloadTest {

    private static final int SLOTS = 256;

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.24, 0.54, 0.62, 0.84, 0.99, 1})
    void tauIsAsAsked(double tau) {
        for (long seed = 0; seed < 3; seed++) {
            List<SimulatedRequest> requests =
                    all(RankingBurstSettings.burst(RankingDataset.SHAREGPT, tau), seed);
            assertThat(tauOf(requests)).isCloseTo(tau, within(0.005));
        }
    }

    @Test
    void lengthsHaveTheMeansOfTheDataSet() {
        List<SimulatedRequest> requests =
                all(RankingBurstSettings.syntheticData(RankingDataset.SHAREGPT, 0.5), 1);
        assertThat(requests).hasSize(10_000);
        assertThat(requests).allMatch(r -> r.arrivalNanos() == 0 && r.outputTokens() <= 8_192);
        assertThat(requests.stream().mapToInt(SimulatedRequest::promptTokens).average().orElse(0))
                .isCloseTo(240, within(6.0));
        assertThat(requests.stream().mapToInt(SimulatedRequest::outputTokens).average().orElse(0))
                .isCloseTo(412, within(10.0));
    }

    @Test
    void predictionIsTheScoreInTokens() {
        assertThat(all(RankingBurstSettings.burst(RankingDataset.LMSYS, 1), 1))
                .allMatch(r -> r.predictedTokens() == r.outputTokens());
        assertThat(all(RankingBurstSettings.burst(RankingDataset.LMSYS, 0.5), 1))
                .allMatch(
                        r ->
                                r.predictedTokens()
                                        == Math.max(
                                                1,
                                                Math.min(8_192, Math.round(Math.exp(r.score())))));
    }

    @Test
    void orderTellsNothing() {
        List<SimulatedRequest> requests =
                all(RankingBurstSettings.syntheticData(RankingDataset.LMSYS, 0.5), 3);
        double[] order = requests.stream().mapToDouble(SimulatedRequest::index).toArray();
        double[] lengths = requests.stream().mapToDouble(SimulatedRequest::outputTokens).toArray();
        assertThat(KendallTau.tauB(order, lengths)).isCloseTo(0, within(0.03));
    }

    /**
     * Seconds per token of first come, first served by those of ranking, mean and 90th percentile,
     * on slots that work at one constant speed: what another program found for the same
     * distributions.
     */
    @ParameterizedTest
    @CsvSource({
        "SHAREGPT, 0.7, 0.54, 1.90, 2.34",
        "LMSYS, 1.0, 0.62, 3.1, 4.2",
        "LMSYS, 1.3, 0.62, 5.1, 6.3"
    })
    void rankingGainsWhatIsKnown(
            RankingDataset dataset, double sigma, double tau, double mean, double p90) {
        double meanGain = 0;
        double p90Gain = 0;
        int seeds = 5;
        for (long seed = 0; seed < seeds; seed++) {
            List<SimulatedRequest> requests =
                    all(RankingBurstSettings.of(2_000, dataset, sigma, tau), seed);
            double[] fcfs = timePerToken(requests);
            requests.sort(Comparator.comparingDouble(SimulatedRequest::score));
            double[] ranked = timePerToken(requests);
            meanGain += Arrays.stream(fcfs).sum() / Arrays.stream(ranked).sum() / seeds;
            p90Gain +=
                    fcfs[(int) (0.9 * fcfs.length)] / ranked[(int) (0.9 * ranked.length)] / seeds;
        }
        assertThat(meanGain).isCloseTo(mean, within(0.1 * mean));
        assertThat(p90Gain).isCloseTo(p90, within(0.1 * p90));
    }

    /** Finish time by length, sorted; each request goes to the slot that is free first. */
    private static double[] timePerToken(List<SimulatedRequest> order) {
        PriorityQueue<Double> slots = new PriorityQueue<>();
        double[] times = new double[order.size()];
        for (int i = 0; i < times.length; i++) {
            double start = slots.size() < SLOTS ? 0 : slots.remove();
            double finish = start + order.get(i).outputTokens();
            slots.add(finish);
            times[i] = finish / order.get(i).outputTokens();
        }
        Arrays.sort(times);
        return times;
    }

    @Test
    void tooFewRequestsForATauAreRefused() {
        assertThatThrownBy(() -> all(RankingBurstSettings.of(3, RankingDataset.LMSYS, 1, 0.54), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tau 0.54 cannot be set within 0.005 on these 3 lengths");
        assertThatThrownBy(
                        () ->
                                new RankingBurstWorkload(
                                                new RankingBurstSettings(
                                                        100,
                                                        new LengthSource.Fixed(5),
                                                        new LengthSource.Fixed(5),
                                                        0.5))
                                        .requests(1))
                .hasMessageContaining("of more different lengths");
    }

    @Test
    void nonsenseIsNamed() {
        assertThatThrownBy(() -> RankingBurstSettings.burst(RankingDataset.LMSYS, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("workload: tau is 0.0, must be above 0, and at most 1");
        assertThatThrownBy(() -> RankingBurstSettings.of(1, RankingDataset.LMSYS, 1, 0.5))
                .hasMessageContaining("requests is 1");
    }

    private static double tauOf(List<SimulatedRequest> requests) {
        return KendallTau.tauB(
                requests.stream().mapToDouble(SimulatedRequest::score).toArray(),
                requests.stream().mapToDouble(SimulatedRequest::outputTokens).toArray());
    }

    private static List<SimulatedRequest> all(RankingBurstSettings settings, long seed) {
        List<SimulatedRequest> requests = new ArrayList<>();
        new RankingBurstWorkload(settings).requests(seed).forEachRemaining(requests::add);
        return requests;
    }
}
