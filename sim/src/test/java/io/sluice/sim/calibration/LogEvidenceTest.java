package io.sluice.sim.calibration;

import io.sluice.sim.engine.EngineRequest;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

class LogEvidenceTest {

    @Test
    void aQueueShowsHowManyCanRun() {
        LogEvidence evidence = new LogEvidence(run(4, 12));

        assertThat(evidence.fullBatch()).hasValue(4);
        assertThat(evidence.kvTokens(4)).isEmpty();
    }

    @Test
    void aQueueBesideFreeSlotsShowsHowMuchMemoryThereIs() {
        LogEvidence evidence = new LogEvidence(run(4, 12));

        // Four of them, each with 100 prompt tokens and up to 50 of output.
        assertThat(evidence.kvTokens(16).orElseThrow()).isBetween(4 * 100L, 4 * 150L);
    }

    @Test
    void aRunWithoutQueueShowsNothing() {
        LogEvidence evidence = new LogEvidence(run(4, 4));

        assertThat(evidence.fullBatch()).isEmpty();
        assertThat(evidence.kvTokens(16)).isEmpty();
    }

    /** The search finds the memory of an engine that preempts, from what its log shows. */
    @Test
    void theMemoryOfAnEngineThatPreemptsIsFound() {
        Gpu gpu =
                new Gpu(
                        "memory full",
                        Gpu.limits(128, 2_048, 40_000),
                        Gpu.dense(12e-3, 40e-6, 0, 100e-9, 0),
                        new Gpu.Load(150, 20, 600, 400));
        MeasuredLog log = gpu.measure(3);
        long shown = new LogEvidence(log).kvTokens(128).orElseThrow();

        MeasuredEngine found = new KvSearch(gpu.engine(), log, Map.of()).near(shown);

        assertThat((double) found.profile().limits().usableKvTokens())
                .isCloseTo(40_000, withinPercentage(2));
    }

    /** So many at a time, 10 s each; all arrive at once. */
    private static MeasuredLog run(int slots, int requests) {
        List<MeasuredRequest> measured = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            long start = i / slots * 10_000_000_000L;
            measured.add(
                    new MeasuredRequest(
                            EngineRequest.of("r" + i, 100, 50),
                            0,
                            OptionalLong.of(start),
                            OptionalLong.of(start + 100_000_000),
                            OptionalLong.of(start + 10_000_000_000L)));
        }
        return new MeasuredLog(measured);
    }
}
