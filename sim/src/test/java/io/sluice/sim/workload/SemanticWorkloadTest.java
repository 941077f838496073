package io.sluice.sim.workload;

import io.sluice.sim.random.PythonRandom;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SemanticWorkloadTest {

    private static final SemanticSettings SMALL =
            SemanticSettings.standard().withArrivals(Duration.ofMillis(100), 3);

    /** The study's trace of seed 0: id, class, prompt, answer, predicted answer. */
    private static final String STUDY =
            """
            0 3 42 95 50
            1 4 164 97 50
            2 0 449 421 450
            3 2 261 96 100
            4 3 478 17 50
            5 2 251 314 350
            6 4 56 337 350
            7 1 155 134 100
            8 4 283 244 250
            9 3 150 36 1
            10 3 362 46 50
            11 4 64 348 350
            12 2 281 388 350
            13 0 171 67 50
            14 4 418 449 400
            15 0 473 77 100
            16 0 277 473 450
            17 3 105 20 1
            18 0 494 432 450
            19 4 410 42 1
            20 3 309 460 500
            21 2 281 359 400
            22 1 301 473 450
            23 2 148 425 400
            24 0 228 277 250
            25 1 47 350 350
            26 4 306 201 200
            27 1 409 429 400
            28 1 198 362 350
            29 1 163 269 250
            30 4 295 142 100
            31 3 124 268 250
            32 0 149 416 450
            """;

    @Test
    void groupSizesOfTheStudy() {
        assertThat(new SemanticWorkload(SMALL).groupSizes(new PythonRandom(0)))
                .containsExactly(3, 3, 0, 2, 3, 3, 2, 3, 2, 1, 1, 2, 1, 0, 2, 1, 2, 0, 0, 2);
    }

    @Test
    void requestsOfTheStudy() {
        String drawn =
                new SemanticWorkload(SMALL)
                        .list(0).stream()
                                .map(
                                        r ->
                                                "%d %d %d %d %d\n"
                                                        .formatted(
                                                                r.index(),
                                                                r.rank(),
                                                                r.promptTokens(),
                                                                r.outputTokens(),
                                                                r.predictedTokens()))
                                .collect(Collectors.joining());
        assertThat(drawn).isEqualTo(STUDY);
    }

    @Test
    void arrivesByGroupsAndIsReleasedAfterThePredictors() {
        List<SimulatedRequest> requests = new SemanticWorkload(SMALL).list(0);
        assertThat(requests.stream().map(SimulatedRequest::arrivalNanos).limit(9))
                .containsExactly(
                        0L,
                        0L,
                        0L,
                        100_000_000L,
                        100_000_000L,
                        100_000_000L,
                        300_000_000L,
                        300_000_000L,
                        400_000_000L);
        assertThat(requests)
                .allMatch(r -> r.releaseNanos() == r.arrivalNanos() + 1_500_000)
                .allMatch(r -> r.rank() == r.trueRank() && r.score() == r.predictedTokens());
    }

    @Test
    void earlyGapBringsEveryGroupForwardButTheFirst() {
        SemanticSettings early =
                SMALL.withGroups(new SemanticSettings.Groups(20, Duration.ofMillis(100), 3, true));
        assertThat(
                        new SemanticWorkload(early)
                                .list(0).stream().map(SimulatedRequest::arrivalNanos).limit(9))
                .containsExactly(0L, 0L, 0L, 0L, 0L, 0L, 200_000_000L, 200_000_000L, 300_000_000L);
    }

    @Test
    void oneTossForAllRoundsAllTheSameWay() {
        for (long seed = 0; seed < 6; seed++) {
            List<SimulatedRequest> requests =
                    new SemanticWorkload(SemanticSettings.december()).list(seed);
            boolean up = requests.stream().anyMatch(r -> r.predictedTokens() > r.outputTokens());
            assertThat(requests)
                    .allMatch(
                            r ->
                                    r.predictedTokens()
                                            == (up
                                                            ? (r.outputTokens() + 4) / 5
                                                            : r.outputTokens() / 5)
                                                    * 5);
        }
    }

    @Test
    void seedsDiffer() {
        SemanticWorkload workload = new SemanticWorkload(SMALL);
        assertThat(workload.list(1)).isNotEqualTo(workload.list(2)).isEqualTo(workload.list(1));
    }

    @Test
    void nonsenseIsNamed() {
        assertThatThrownBy(() -> SMALL.withClasses(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("workload: classes is 0, must be 1 to 1000");
        assertThatThrownBy(() -> SMALL.withArrivals(Duration.ofMillis(-1), 3))
                .hasMessageContaining("gap in seconds is -1");
        assertThatThrownBy(
                        () ->
                                new SemanticSettings.Lengths(
                                        500, 500, 7, SemanticSettings.Rounding.EACH))
                .hasMessage("workload: buckets is 7, must be a divisor of outputLimit, 500");
        assertThatThrownBy(() -> new PredictionErrors.Share(1.5, 0))
                .hasMessage("workload: error rate is 1.5, must be 0 to 1");
    }
}
