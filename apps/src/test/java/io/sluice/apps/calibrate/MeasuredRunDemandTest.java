package io.sluice.apps.calibrate;

import io.sluice.apps.profile.ProfileChoice;
import io.sluice.sim.engine.EngineProfile;

import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The real run of vLLM on an RTX PRO 6000, predicted from a part of it. */
class MeasuredRunDemandTest {
    @TempDir private Path folder;
    private Path data;

    @BeforeEach
    void findData() {
        String root = System.getProperty("sluice.shared.data", "");
        data = Path.of(root).resolve("measured");
        assumeTrue(!root.isEmpty() && Files.isDirectory(data), () -> "no shared data at " + data);
    }

    @Test
    void halfTheRunPredictsTheWhole() {
        Calibration calibration = calibrate();

        assertPredicted(calibration);
        EngineProfile profile = ProfileChoice.of(calibration.profile().toString());
        assertThat(profile.limits().maxSequences()).isEqualTo(128);
        assertThat(profile.limits().maxBatchedTokens()).isEqualTo(2_048);
        assertThat(calibration.report().at("/fitted/first_tokens").asInt()).isEqualTo(230);
        assertThat(calibration.report().at("/fitted/completed").asInt()).isEqualTo(104);
        assertThat(calibration.report().at("/whole_run/unqueued").asInt()).isEqualTo(128);
        assertThat(calibration.out()).contains("ttft_mean, s", "running", "profile written to");
    }

    /** Neither does it hang on where the cut is, nor on the form. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--fit-until=0.4",
                "--fit-until=0.6",
                "--fit-until=1",
                "--terms=3",
                "--terms=step,prefill-token,decode,context-token"
            })
    void soDoesAnotherPartAndAnotherForm(String option) {
        assertPredicted(calibrate(option));
    }

    /** With the shape of the hardware's tables a tenth of the run says how fast it is. */
    @ParameterizedTest
    @ValueSource(strings = {"0.1", "0.5"})
    void aKnownShapeNeedsATenth(String part) {
        Calibration calibration = calibrate("--shape=RTXPRO6000_8B", "--fit-until=" + part);

        assertThat(calibration.error("ttft_mean")).isLessThanOrEqualTo(3);
        assertThat(calibration.error("tpot_mean")).isLessThanOrEqualTo(2);
        assertThat(calibration.error("e2e_mean")).isLessThanOrEqualTo(2);
        assertThat(calibration.out()).contains("times those of the given shape");
    }

    private Calibration calibrate(String... options) {
        String[] all = new String[options.length + 2];
        System.arraycopy(options, 0, all, 2, options.length);
        all[0] = "--measured=" + data.resolve("vllm_RTXPRO6000_Llama-3.1-8B");
        all[1] = "--workload=" + data.resolve("sharegpt-llama-3.1-8b-300-sps10.jsonl.gz");
        return new Calibration(folder, all);
    }

    private static void assertPredicted(Calibration calibration) {
        assertThat(calibration.err()).isEmpty();
        SoftAssertions soft = new SoftAssertions();
        within(soft, calibration, "ttft_mean", 3);
        within(soft, calibration, "ttft_p50", 5);
        within(soft, calibration, "ttft_unqueued_mean", 15);
        within(soft, calibration, "tpot_mean", 1);
        within(soft, calibration, "tpot_p99", 4);
        within(soft, calibration, "e2e_p99", 5);
        soft.assertThat(
                        calibration
                                .report()
                                .at("/whole_run/running/mean_absolute_error")
                                .asDouble(Double.NaN))
                .as("running")
                .isLessThanOrEqualTo(2);
        soft.assertThat(
                        calibration
                                .report()
                                .at("/whole_run/waiting/mean_absolute_error")
                                .asDouble(Double.NaN))
                .as("waiting")
                .isLessThanOrEqualTo(1.5);
        soft.assertAll();
    }

    private static void within(
            SoftAssertions soft, Calibration calibration, String name, double percent) {
        soft.assertThat(calibration.error(name))
                .as("error of %s in %%", name)
                .isLessThanOrEqualTo(percent);
    }
}
