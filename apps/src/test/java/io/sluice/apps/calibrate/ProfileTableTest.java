package io.sluice.apps.calibrate;

import io.sluice.apps.profile.ProfileFile;
import io.sluice.sim.engine.LinearStepCost;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class ProfileTableTest {
    @TempDir private Path folder;

    @Test
    void stepsGiveAProfile() throws IOException {
        // 10 ms + 40 us per prompt token + 100 us per request.
        Path table = folder.resolve("steps.csv");
        Files.writeString(
                table,
                """
                prefill_tokens,decodes,context_tokens,ms
                100,0,0,14
                1000,0,0,50
                0,1,100,10.1
                0,64,6400,16.4
                0,64,64000,16.4
                9000,0,0,370
                0,500,500,60
                """);

        Calibration calibration = calibrate(table, "--terms=4", "--name=toy", "--kv-tokens=1000");

        assertThat(calibration.err()).isEmpty();
        LinearStepCost cost = cost(calibration);
        assertThat(cost.stepPicos()).isCloseTo(10_000_000_000L, withinPercentage(1));
        assertThat(cost.prefillTokenPicos()).isCloseTo(40_000_000L, withinPercentage(1));
        assertThat(cost.decodePicos()).isCloseTo(100_000_000L, withinPercentage(1));
        assertThat(cost.contextTokenPicos()).isLessThan(10);
        assertThat(calibration.out())
                .contains(
                        "fitted: 5 steps of",
                        "left out (--max-num-batched-tokens, --max-num-seqs): 2");
    }

    @Test
    void aTableOfSeveralEnginesAsksWhich() throws IOException {
        Path table = phases();

        assertThat(calibrate(table).err())
                .isEqualToIgnoringNewLines(
                        "sluice: the table has several values of model, choose one: big, small");
        assertThat(calibrate(table, "--model=medium").err())
                .contains("the table has no model \"medium\"; choose one of big, small");
        assertThat(calibrate(table, "--model=small").err())
                .contains("several values of tensor_parallel, choose one: 1, 2");
        Calibration chosen = calibrate(table, "--model=small", "--tp=2");
        assertThat(chosen.code()).isZero();
        assertThat(cost(chosen).stepPicos()).isCloseTo(8_000_000_000L, withinPercentage(10));
    }

    @Test
    void whatIsNoTableIsRefused() throws IOException {
        Path file = folder.resolve("other.csv");
        Files.writeString(file, "a,b\n1,2\n");

        assertThat(calibrate(file).err()).contains("is no table of step times");
        assertThat(calibrate(folder.resolve("nowhere.csv")).err()).contains("cannot read");
        Path dense = folder.resolve("x_dense.csv");
        Files.writeString(dense, "layer,tokens,time_us\nqkv_proj,1,3\n");
        assertThat(calibrate(dense).err()).contains("--layers");
        assertThat(calibrate(dense, "--layers=2").err())
                .contains("beside it there is no x_per_sequence.csv");
        Path large = folder.resolve("large.csv");
        Files.writeString(large, "prefill_tokens,decodes,context_tokens,ms\n9000,0,0,370\n");
        assertThat(calibrate(large).err())
                .contains(
                        "no step is left: all 1 rows lie outside of 2,048 tokens and 128 requests");
        assertThat(new Calibration(folder).err())
                .contains("either --measured DIR or --profile-table");
    }

    /** The tables of the measured run's hardware, where that run works: an independent fit. */
    @Test
    void operatorTablesGiveTheKnownTerms() {
        Path data = data();

        Calibration calibration =
                calibrate(
                        data.resolve(
                                "profiles/llmservingsim/RTXPRO6000_Llama-3.1-8B_tp1_dense.csv.gz"),
                        "--layers=32",
                        "--workload="
                                + data.resolve(
                                        "measured/sharegpt-llama-3.1-8b-300-sps10.jsonl.gz"));

        LinearStepCost cost = cost(calibration);
        assertThat(cost.stepPicos()).isCloseTo(11_300_000_000L, withinPercentage(2));
        assertThat(cost.prefillTokenPicos()).isCloseTo(35_800_000L, withinPercentage(3));
        assertThat(cost.decodePicos()).isCloseTo(16_000_000L, withinPercentage(10));
        assertThat(cost.contextTokenPicos()).isCloseTo(92_000L, withinPercentage(3));
        assertThat(cost.mixedContextTokenPicos()).isCloseTo(64_000L, withinPercentage(12));
    }

    @Test
    void publicTablesOfPhasesAndOfFormulasAreRead() {
        Path profiles = data().resolve("profiles");

        Calibration phases =
                calibrate(
                        profiles.resolve("splitwise_perf_model.csv.gz"),
                        "--model=llama2-70b",
                        "--hardware=a100-80gb",
                        "--tp=8");
        // The data's own description: 45 ms at a batch of one.
        assertThat(cost(phases).stepPicos()).isCloseTo(45_000_000_000L, withinPercentage(5));

        Calibration formulas =
                calibrate(
                        profiles.resolve("distserve/profiler-a100-80g.vllm.json"),
                        "--model=facebook/opt-13b",
                        "--tp=1",
                        "--terms=4");
        assertThat(cost(formulas).stepPicos()).isCloseTo(22_000_000_000L, withinPercentage(15));
        assertThat(
                        calibrate(
                                        profiles.resolve("distserve/profiler-a100-80g.vllm.json"),
                                        "--model=gpt")
                                .err())
                .contains("--model \"gpt\" is not there; choose one of facebook/opt-13b");
    }

    private Path phases() throws IOException {
        Path table = folder.resolve("phases.csv");
        Files.writeString(
                table,
                """
                model,hardware,prompt_size,batch_size,token_size,prompt_time,token_time,tensor_parallel
                big,a,512,1,128,60,30,1
                small,a,512,1,128,40,12,1
                small,a,512,1,128,20,8,2
                small,a,1024,1,128,33,8.1,2
                small,a,512,16,128,200,9,2
                small,a,512,32,1024,400,10,2
                """);
        return table;
    }

    private Calibration calibrate(Path table, String... options) {
        String[] all = new String[options.length + 1];
        System.arraycopy(options, 0, all, 1, options.length);
        all[0] = "--profile-table=" + table;
        return new Calibration(folder, all);
    }

    private static LinearStepCost cost(Calibration calibration) {
        assertThat(calibration.err()).isEmpty();
        return (LinearStepCost) ProfileFile.read(calibration.profile()).cost();
    }

    private static Path data() {
        String root = System.getProperty("sluice.shared.data", "");
        assumeTrue(
                !root.isEmpty() && Files.isDirectory(Path.of(root)),
                () -> "no shared data at " + root);
        return Path.of(root);
    }
}
