package io.sluice.sim.sequential;

import io.sluice.sim.workload.Predictor;
import io.sluice.sim.workload.PredictorStage;
import io.sluice.sim.workload.SemanticSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

import static io.sluice.sim.sequential.SequentialRuns.A5000_4B;
import static io.sluice.sim.sequential.SequentialRuns.means;
import static io.sluice.sim.sequential.SequentialRuns.requests;
import static io.sluice.sim.sequential.SequentialRuns.total;
import static org.assertj.core.api.Assertions.assertThat;

/** Every number is one that the study's authors recorded, or that their program printed. */
class StudySequentialTest {

    private static final SemanticSettings DEFAULTS = SemanticSettings.sequential();

    @ParameterizedTest
    @CsvSource({
        "1000, 5, 25, 2440.061, 6.218 40.508 95.740 136.956 170.537",
        "1000, 10, 53, 11561.328, 39.958 147.564 229.121 290.101 359.581",
        "200, 10, 53, 11515.089, 46.026 138.050 228.328 290.569 358.605",
        "100, 10, 53, 11512.486, 46.048 137.967 228.236 290.634 358.490",
        "200, 20, 112, 49676.623, 63.219 237.147 441.971 611.776 778.399",
        "100, 20, 112, 49661.193, 63.094 237.001 441.840 611.682 778.229",
    })
    void gapsAndGroupSizes(
            int gapMillis, int maxConcurrent, int count, String total, String means) {
        SequentialResult result =
                run(DEFAULTS.withArrivals(Duration.ofMillis(gapMillis), maxConcurrent), 0);
        assertThat(result.served()).hasSize(count);
        assertThat(total(result, 3)).isEqualTo(total);
        assertThat(means(result, 3)).isEqualTo(means);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 2696.37, 38.65 98.30 127.85 158.70 211.45",
        "2, 2294.62, 26.18 38.31 76.10 121.89 183.95",
        "3, 3803.73, 24.60 74.17 124.92 172.38 236.33",
        "4, 996.13, 16.67 46.78 71.21 104.33 115.14",
    })
    void seeds(long seed, String total, String means) {
        SequentialResult result = run(DEFAULTS, seed);
        assertThat(total(result, 2)).isEqualTo(total);
        assertThat(means(result, 2)).isEqualTo(means);
    }

    /** Batch and latency of both predictors; total waiting in immediate and in full mode. */
    @ParameterizedTest
    @CsvSource({
        "2, 100, 9038.221, 9134.227",
        "2, 500, 9032.221, 9128.627",
        "2, 1000, 8947.259, 8947.259",
        "2, 2000, 8592.255, 8592.255",
        "2, 5000, 7600.184, 7600.184",
        "5, 100, 9047.461,",
        "5, 500, 9047.461,",
        "5, 1000, 9047.461,",
        "5, 2000, 9046.906,",
        "5, 5000, 8688.608,",
        "7, 100, 9047.461, 9090.909",
        "7, 500, 9047.461, 9090.909",
        "7, 1000, 9047.461, 9090.909",
        "7, 2000, 9072.906, 9090.909",
        "7, 5000, 8978.575, 8875.653",
        "10, 100, 9047.461, 9087.670",
        "10, 500, 9047.461, 9087.670",
        "10, 1000, 9047.461, 9087.670",
        "10, 2000, 9072.906, 9087.670",
        "10, 5000, 9064.154, 8989.741",
    })
    void predictors(int batch, int latencyMillis, String immediate, String full) {
        assertThat(totalWithPredictors(batch, latencyMillis, Predictor.Mode.IMMEDIATE))
                .isEqualTo(immediate);
        if (full != null) {
            assertThat(totalWithPredictors(batch, latencyMillis, Predictor.Mode.FULL))
                    .isEqualTo(full);
        }
    }

    private static String totalWithPredictors(int batch, int latencyMillis, Predictor.Mode mode) {
        Predictor predictor = new Predictor(batch, latencyMillis * 1_000_000L, mode);
        SemanticSettings.Groups groups =
                new SemanticSettings.Groups(20, Duration.ofSeconds(1), 5, false);
        SequentialResult result =
                run(DEFAULTS.withGroups(groups).withPredictors(PredictorStage.both(predictor)), 0);
        assertThat(result.served()).hasSize(48);
        return total(result, 3);
    }

    @Test
    void programOfDecember() {
        SequentialResult result =
                StudySequential.december().run(requests(SemanticSettings.december(), 0));
        assertThat(result.served()).hasSize(25);
        assertThat(result.meanWaitingSecondsByRank()).containsOnlyKeys(1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(means(result, 1))
                .isEqualTo("44.0 86.5 107.4 149.4 184.1 211.7 230.0 239.0 264.1");
    }

    private static SequentialResult run(SemanticSettings settings, long seed) {
        return StudySequential.of(A5000_4B).run(requests(settings, seed));
    }
}
