package io.sluice.sim.workload;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class PredictionErrorsTest {

    private static final SemanticSettings LARGE =
            SemanticSettings.standard().withArrivals(Duration.ofMillis(100), 50);
    private static final List<SimulatedRequest> RIGHT = new SemanticWorkload(LARGE).list(7);

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.2, 0.5, 1})
    void theShareOfRequestsIsWrongAndTheTruthStays(double rate) {
        List<SimulatedRequest> wrong = list(PredictionErrors.Rule.CORRECTED, rate, 0.4);
        int moved = (int) (RIGHT.size() * rate);
        assertThat(wrong).filteredOn(r -> r.rank() != r.trueRank()).hasSize(moved);
        assertThat(wrong)
                .filteredOn(r -> r.predictedTokens() != RIGHT.get(r.index()).predictedTokens())
                .hasSize(moved);
        assertThat(wrong)
                .allSatisfy(
                        r -> {
                            SimulatedRequest right = RIGHT.get(r.index());
                            assertThat(r.trueRank()).isEqualTo(right.trueRank());
                            assertThat(r.promptTokens()).isEqualTo(right.promptTokens());
                            assertThat(r.outputTokens()).isEqualTo(right.outputTokens());
                        });
    }

    /** Two of five classes and four of ten buckets, or as far as there are any, both ways. */
    @Test
    void correctedMovesByTheDistanceAndStaysInside() {
        List<SimulatedRequest> wrong = list(PredictionErrors.Rule.CORRECTED, 1, 0.4);
        assertThat(wrong)
                .allSatisfy(
                        r -> {
                            int steps = Math.abs(r.rank() - r.trueRank());
                            assertThat(r.rank()).isBetween(0, 4);
                            assertThat(steps == 2 || r.rank() == 0 || r.rank() == 4).isTrue();
                            int bucket = bucket(r);
                            int apart = Math.abs(bucket - bucket(RIGHT.get(r.index())));
                            assertThat(apart == 4 || bucket == 0 || bucket == 10).isTrue();
                        });
        assertThat(wrong).anyMatch(r -> r.rank() == r.trueRank() + 2);
        assertThat(wrong).anyMatch(r -> r.rank() == r.trueRank() - 2);
        assertThat(wrong).anyMatch(r -> r.rank() == 0).anyMatch(r -> r.rank() == 4);
    }

    @Test
    void correctedErrorsOfNoDistanceChangeNothing() {
        assertThat(list(PredictionErrors.Rule.CORRECTED, 1, 0.09)).isEqualTo(RIGHT);
    }

    @Test
    void asPublishedLosesClassZeroAndInventsClassFive() {
        List<SimulatedRequest> wrong = list(PredictionErrors.Rule.AS_PUBLISHED, 1, 0.1);
        assertThat(wrong).allMatch(r -> r.rank() == Math.max(1, r.trueRank()));
        List<SimulatedRequest> far = list(PredictionErrors.Rule.AS_PUBLISHED, 1, 0.4);
        assertThat(far).noneMatch(r -> r.rank() == 0).anyMatch(r -> r.rank() == 5);
    }

    @Test
    void asPublishedPredictsBucketOneOrFive() {
        List<SimulatedRequest> wrong = list(PredictionErrors.Rule.AS_PUBLISHED, 1, 0.4);
        assertThat(wrong).extracting(SimulatedRequest::predictedTokens).containsOnly(50, 250);
    }

    private static int bucket(SimulatedRequest request) {
        return request.predictedTokens() / 50;
    }

    private static List<SimulatedRequest> list(
            PredictionErrors.Rule rule, double rate, double distance) {
        PredictionErrors.Share share = new PredictionErrors.Share(rate, distance);
        return new SemanticWorkload(LARGE.withErrors(new PredictionErrors(rule, share, share)))
                .list(7);
    }
}
