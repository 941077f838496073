package io.sluice.sim.workload;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PredictorStageTest {

    private static final long[] ARRIVALS = {0, 0, 0, 4, 10, 30, 35};

    @Test
    void immediateTakesWhatWaits() {
        // 0 to 10: the first two; 10 to 20: three, the last of them just arrived; then one by one.
        assertThat(finishes(2, Predictor.Mode.IMMEDIATE))
                .containsExactly(10, 10, 20, 20, 30, 40, 50);
        assertThat(finishes(3, Predictor.Mode.IMMEDIATE))
                .containsExactly(10, 10, 10, 20, 20, 40, 50);
    }

    @Test
    void fullWaitsForABatchAndForTheOneBefore() {
        assertThat(finishes(2, Predictor.Mode.FULL)).containsExactly(10, 10, 20, 20, 40, 40, 50);
        assertThat(finishes(4, Predictor.Mode.FULL)).containsExactly(14, 14, 14, 14, 45, 45, 45);
    }

    @Test
    void parallelWaitsForABatchOnly() {
        assertThat(finishes(2, Predictor.Mode.PARALLEL))
                .containsExactly(10, 10, 14, 14, 40, 40, 45);
    }

    @Test
    void theLaterOfTwoPredictorsReleases() {
        PredictorStage stage =
                new PredictorStage.Predictors(
                        new Predictor(4, 3, Predictor.Mode.PARALLEL),
                        new Predictor(1, 5, Predictor.Mode.PARALLEL));
        assertThat(stage.releases(ARRIVALS)).containsExactly(7, 7, 7, 9, 38, 38, 40);
    }

    @Test
    void withoutPredictorsAllAreReleasedOnArrival() {
        assertThat(PredictorStage.NONE.releases(ARRIVALS)).isEqualTo(ARRIVALS);
        assertThat(PredictorStage.NONE.releases(new long[0])).isEmpty();
    }

    private static long[] finishes(int batch, Predictor.Mode mode) {
        return new Predictor(batch, 10, mode).finishes(ARRIVALS);
    }
}
