package io.sluice.sim.calibration;

import io.sluice.sim.engine.EngineLimits;
import io.sluice.sim.engine.EngineProfile;

import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class BudgetSearchTest {

    @Test
    void promptsThatFillStepsShowTheBudget() {
        assertThat(found(8_192, 3_500)).isEqualTo(8_192);
        assertThat(found(512, 3_500)).isEqualTo(512);
    }

    @Test
    void whereTheyDoNotTheGivenOneStays() {
        assertThat(found(8_192, 150)).isEqualTo(2_048);
    }

    /** What is found from a given 2,048. */
    private static int found(int truth, double promptTokens) {
        Gpu gpu =
                new Gpu(
                        "unknown budget",
                        Gpu.limits(32, truth, 400_000),
                        Gpu.dense(12e-3, 40e-6, 20e-6, 100e-9, 0),
                        new Gpu.Load(120, 3, promptTokens, 150));
        EngineProfile profile = gpu.engine().profile();
        EngineLimits guessed = profile.limits().withMaxBatchedTokens(2_048);
        MeasuredEngine engine = MeasuredEngine.of(profile.withLimits(guessed));
        return new BudgetSearch(engine, gpu.measure(2), Map.of())
                .best()
                .profile()
                .limits()
                .maxBatchedTokens();
    }
}
