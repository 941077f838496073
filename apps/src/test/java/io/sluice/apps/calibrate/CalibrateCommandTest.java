package io.sluice.apps.calibrate;

import io.sluice.apps.cli.Console;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs with fields missing and rows gone wrong, as other people's are. */
class CalibrateCommandTest {
    private static final String META =
            """
            {"model": "org/toy-8B", "engine_kwargs": {"max_num_seqs": 24, "max_num_batched_tokens": 2048}}
            """;

    @TempDir private Path folder;

    @Test
    void aRunIsPredictedAndTheResultWrittenDown() throws IOException {
        Calibration calibration = calibrate(new RunFolder().write(folder, META));

        assertThat(calibration.err()).isEmpty();
        assertThat(calibration.code()).isZero();
        assertWellPredicted(calibration);
        assertThat(calibration.report().at("/engine/model").asText()).isEqualTo("org/toy-8B");
        assertThat(calibration.report().at("/fit/terms")).isNotEmpty();
        assertThat(calibration.out())
                .contains("std. error", "condition number", "whole run, measured and predicted");
    }

    @Test
    void withoutSettingsTheQueueShowsTheSlotsAndTheRestIsSaid() throws IOException {
        Calibration calibration = calibrate(new RunFolder().write(folder, ""));

        assertThat(calibration.report().at("/engine/max_sequences").asInt())
                .isEqualTo(RunFolder.SLOTS);
        assertWellPredicted(calibration);
        assertThat(calibration.out())
                .contains(
                        "warning: max_num_seqs is not known: others waited while 24 ran",
                        "warning: max_num_batched_tokens is not known: of the usual values 2048 is taken",
                        "warning: KV memory is not known",
                        "warning: nothing is known of the content of prompts");
    }

    @Test
    void withoutQueueTimesTheClocksAreFoundByTheStarts() throws IOException {
        Calibration calibration =
                calibrate(new RunFolder().without("queued_ts").write(folder, META));

        assertWellPredicted(calibration);
        assertThat(calibration.out()).contains("warning: no queued_ts: the clock of arrivals");
    }

    @Test
    void withoutArrivalsTheQueueTimesStandForThem() throws IOException {
        Calibration calibration =
                calibrate(new RunFolder().without("arrival_time").write(folder, META));

        assertWellPredicted(calibration);
        assertThat(calibration.out())
                .contains(
                        "warning: requests without arrival_time, queued_ts stands for it: 160 (first: bench-0)");
    }

    @Test
    void rowsGoneWrongAreCountedAndLeftOut() throws IOException {
        RunFolder run = new RunFolder();
        run.rows.get(5).putNull("first_token_ts").putNull("last_token_ts");
        run.rows.get(6).putNull("first_token_ts").remove("scheduled_ts");
        run.rows.get(7).put("error", "connection reset");
        run.rows.get(8).remove("output_toks");
        run.rows.get(9).put("last_token_ts", 1);

        Calibration calibration =
                calibrate(run.write(folder, META, "not json", "[1]", "", "{\"input_toks\": 3}"));

        assertThat(calibration.code()).isZero();
        assertThat(calibration.report().at("/completed").asInt()).isEqualTo(160 - 5);
        assertThat(calibration.out())
                .contains(
                        "warning: lines are not JSON objects, left out: 2 (first: line 161)",
                        "warning: requests without input_toks or output_toks above 0, left out: 2 (first: line 9)",
                        "warning: requests that started and did not end, kept as load but not compared: 2 (first: bench-5)",
                        "warning: requests that never started or did not end, left out: 1 (first: bench-6)",
                        "warning: requests with times out of order, left out: 1 (first: bench-9)");
    }

    @Test
    void clocksThatNothingConnectsAreRefused() throws IOException {
        Path run = new RunFolder().without("queued_ts").without("scheduled_ts").write(folder, META);

        Calibration calibration = calibrate(run);

        assertThat(calibration.code()).isEqualTo(1);
        assertThat(calibration.err())
                .contains("arrival_time and first_token_ts are on different clocks");
    }

    @Test
    void aRunOfWhichNothingEndedIsRefused() throws IOException {
        Path run = new RunFolder().without("last_token_ts").write(folder, META);

        Calibration calibration = calibrate(run);

        assertThat(calibration.code()).isEqualTo(1);
        assertThat(calibration.err())
                .contains("has no request with first_token_ts and last_token_ts");
    }

    @Test
    void tooLittleOfARunIsRefused() throws IOException {
        Calibration calibration =
                new Calibration(
                        folder,
                        "--measured=" + new RunFolder().write(folder, META),
                        "--fit-until=2s");

        assertThat(calibration.code()).isEqualTo(1);
        assertThat(calibration.err())
                .contains("too little is known to fit", "fit to more of the run");
    }

    @Test
    void aFolderWithoutRequestsIsNamed() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));

        assertThat(calibrate(empty).err())
                .startsWith("sluice: no requests.jsonl in " + empty)
                .contains("--measured names the folder of a run");
        assertThat(calibrate(folder.resolve("nowhere")).err()).contains("no such file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--seed=1 | Unknown option",
                "--measured=. --fit-until=0 | --fit-until is \"0\", must be a fraction above 0 and up to 1, or seconds",
                "--measured=. --fit-until=half | --fit-until is \"half\"",
                "--measured=. --terms=7 | no step cost term \"7\"; choose 3, 4, 5 or some of step,",
                "--measured=. --weights-gb=15 | are lower bounds only with --bandwidth",
                "--measured=. --weights-gb=-1 --bandwidth=1790 | --weights-gb must be above 0",
                "--measured=. --max-num-seqs=0 | --max-num-seqs is 0, must be 1 or more",
                "--measured=. --max-num-batched-tokens=-1 | --max-num-batched-tokens is -1, must be 1 or more",
                "--measured=. --block-size=0 | --block-size is 0, must be 1 or more",
                "--measured=. --kv-tokens=-5 | --kv-tokens is -5, must be 1 or more",
                "--measured=. --max-model-len=0 | --max-model-len is 0, must be 1 or more",
                "--measured=. --replicas=0 | --replicas is 0, must be 1 or more",
                "--measured=. --look-ahead=2 | --look-ahead is 2, must be 0 or 1",
            })
    void aWrongCallIsOneLineAndExitCodeTwo(String arguments, String why) {
        Calibration calibration = new Calibration(folder, arguments.split(" "));

        assertThat(calibration.code()).isEqualTo(2);
        assertThat(calibration.err()).startsWith("sluice: ").contains(why);
        assertThat(calibration.err().lines()).hasSize(1);
    }

    /** Before the fit, not after it. */
    @ParameterizedTest
    @ValueSource(strings = {"--out", "--report"})
    void aFileThatCannotBeWrittenIsNamedFirst(String option) {
        Console console = Console.run("calibrate", "--measured=.", option + "=none/result.json");

        assertThat(console.code()).isEqualTo(2);
        assertThat(console.err())
                .singleElement()
                .asString()
                .contains("cannot write " + option + " none/result.json: there is no folder");
    }

    @Test
    void memoryBoundsTheCoefficients() throws IOException {
        Calibration calibration =
                new Calibration(
                        folder,
                        "--measured=" + new RunFolder().write(folder, META),
                        "--weights-gb=15",
                        "--kv-token-bytes=131072",
                        "--bandwidth=1790",
                        "--terms=3");

        assertThat(calibration.report().at("/fit/terms/0/floor").asDouble())
                .isEqualTo(15.0 / 1_790);
        assertThat(calibration.report().at("/fit/terms/2/seconds").asDouble())
                .isGreaterThanOrEqualTo(131_072 / 1_790e9);
    }

    private Calibration calibrate(Path run) {
        return new Calibration(folder, "--measured=" + run);
    }

    private static void assertWellPredicted(Calibration calibration) {
        assertThat(calibration.error("ttft_mean")).isLessThanOrEqualTo(3);
        assertThat(calibration.error("tpot_mean")).isLessThanOrEqualTo(1);
        assertThat(calibration.error("e2e_p99")).isLessThanOrEqualTo(5);
    }
}
