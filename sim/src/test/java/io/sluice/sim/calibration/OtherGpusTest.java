package io.sluice.sim.calibration;

import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;

import static io.sluice.sim.calibration.Gpu.dense;
import static io.sluice.sim.calibration.Gpu.limits;
import static io.sluice.sim.calibration.Gpu.sparse;

/**
 * Fitted to the first half of a run of another GPU, the model predicts all of it: batches of 32 to
 * 256, dense models and mixtures of experts, memory that is full or not, steps that vary by chance.
 * The limits are those that the real measured run has to keep.
 */
class OtherGpusTest {

    static List<Gpu> gpus() {
        return List.of(
                new Gpu(
                        "8B, 128 slots",
                        limits(128, 2_048, 568_000),
                        dense(11.9e-3, 37.7e-6, 17.3e-6, 97e-9, 68e-9),
                        new Gpu.Load(300, 10, 857, 652)),
                new Gpu(
                        "32B, memory full",
                        limits(128, 2_048, 80_000),
                        dense(40e-3, 140e-6, 40e-6, 150e-9, 110e-9),
                        new Gpu.Load(150, 10, 857, 652)),
                new Gpu(
                        "32B, 64 slots",
                        limits(64, 2_048, 400_000),
                        dense(40e-3, 140e-6, 40e-6, 150e-9, 110e-9),
                        new Gpu.Load(300, 4, 857, 652)),
                new Gpu(
                        "70B on four GPUs, 64 slots, budget 8,192",
                        limits(64, 8_192, 400_000),
                        dense(18e-3, 45e-6, 60e-6, 60e-9, 40e-9),
                        new Gpu.Load(300, 6, 1_200, 400)),
                new Gpu(
                        "4B on a small GPU, 32 slots",
                        limits(32, 2_048, 60_000),
                        dense(28e-3, 130e-6, 50e-6, 190e-9, 50e-9),
                        new Gpu.Load(300, 4, 500, 250)),
                new Gpu(
                        "30B mixture of experts, 128 slots",
                        limits(128, 2_048, 250_000),
                        sparse(30e-3, 8.0 / 128, dense(4e-3, 25e-6, 10e-6, 60e-9, 45e-9)),
                        new Gpu.Load(300, 10, 857, 652)),
                new Gpu(
                        "30B mixture of experts, 256 slots",
                        limits(256, 2_048, 400_000),
                        sparse(30e-3, 8.0 / 128, dense(4e-3, 25e-6, 10e-6, 60e-9, 45e-9)),
                        new Gpu.Load(600, 20, 857, 652)));
    }

    @ParameterizedTest
    @MethodSource("gpus")
    void halfARunPredictsTheWhole(Gpu gpu) {
        MeasuredLog log = gpu.measure(1);
        MeasuredLog half = log.asOf(log.endNanos() / 2);
        FittedCost fit = new LogFit(gpu.engine(), Map.of()).fitAll(half, LogFit.CANDIDATES).get(0);

        RunComparison run = RunComparison.of(gpu.engine().withCost(fit.cost()), log, List.of());

        SoftAssertions soft = new SoftAssertions();
        Map.of(
                        "ttft_mean", 3,
                        "ttft_p50", 5,
                        "ttft_unqueued_mean", 15,
                        "tpot_mean", 1,
                        "tpot_p99", 4,
                        "e2e_p99", 5)
                .forEach(
                        (name, percent) ->
                                soft.assertThat(Math.abs(run.value(name).errorPercent()))
                                        .as(
                                                "%s: error of %s in %%, form %s",
                                                gpu.name(), name, fit.form())
                                        .isLessThanOrEqualTo(percent));
        soft.assertThat(run.compared()).isEqualTo(log.requests().size());
        soft.assertAll();
    }
}
