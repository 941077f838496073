package io.sluice.apps.simulate;

import io.sluice.apps.SluiceApps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The command as a user calls it. */
class SimulateCommandTest {

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int simulate(String arguments) {
        CommandLine line = SluiceApps.commandLine();
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return line.execute(("simulate " + arguments).split(" "));
    }

    private JsonNode report(String arguments) throws IOException {
        Path file = folder.resolve("report.json");
        assertThat(simulate(arguments + " --report " + file)).as(err.toString()).isZero();
        return new ObjectMapper().readTree(file.toFile());
    }

    @Test
    void policiesAreComparedOverSeeds() throws IOException {
        JsonNode report =
                report(
                        "--workload semantic --gap 0.01 --max-concurrent 5 --setting A100_4B --batch 16"
                                + " --policy fcfs,semantic --seeds 0-4");
        JsonNode semantic = report.get("summary").get(1);
        assertThat(semantic.get("policy").asText()).isEqualTo("semantic");
        assertThat(semantic.get("mean_s").asDouble()).isCloseTo(6.10, within(0.006));
        assertThat(semantic.get("p99_s").asDouble()).isCloseTo(12.9, within(0.06));
        assertThat(semantic.at("/by_class/P0/mean_s").asDouble()).isCloseTo(3.54, within(0.006));
        assertThat(semantic.get("mean_ci95_s").asDouble()).isPositive();
        assertThat(report.get("runs")).hasSize(10);
        assertThat(out.toString()).contains("semantic").contains("P4");
    }

    @Test
    void theStudysSequentialProgramGivesItsOwnNumbers() throws IOException {
        JsonNode one =
                report(
                                "--workload semantic --processing sequential --setting A5000_4B --gap 1.0"
                                        + " --max-concurrent 5 --policy semantic --seeds 0")
                        .get("summary")
                        .get(0);
        assertThat(one.get("mean_s").asDouble() * one.get("requests").asInt())
                .isCloseTo(2440.061, within(0.0005));
        assertThat(one.at("/by_class/P0/mean_s").asDouble()).isCloseTo(6.218, within(0.0005));
        assertThat(one.at("/by_class/P4/mean_s").asDouble()).isCloseTo(170.537, within(0.0005));
    }

    @Test
    void sequentialReferencesHaveNoPredictorsBeforeThem() throws IOException {
        JsonNode summaries =
                report(
                                "--workload semantic --processing sequential --setting A5000_4B --gap 1.0"
                                        + " --max-concurrent 5 --policy fcfs,sjf,priority,priority-sjf --seeds 0")
                        .get("summary");
        List<Double> totals = List.of(2418.0, 1728.0, 2463.0, 2329.0);
        for (int i = 0; i < totals.size(); i++) {
            JsonNode one = summaries.get(i);
            assertThat(one.get("mean_s").asDouble() * one.get("requests").asInt())
                    .isCloseTo(totals.get(i), within(0.5));
        }
    }

    /** P99 of the time to first token, mean of three seeds, of an independent simulation. */
    @ParameterizedTest
    @CsvSource({
        "fcfs, '', 330, 0.003",
        "k-lpm:k=2, --tie arrival, 64.9, 0.003",
        "k-lpm:k=4, --tie arrival, 43.8, 0.003",
        "lpm, --tie arrival, 31.7, 0.003",
        "k-lpm:k=2, --tie random, 68.9, 0.1",
        "k-lpm:k=4, --tie random, 56.5, 0.1",
        "lpm, --tie random, 82.5, 0.1"
    })
    void prefixPoliciesGiveTheReferenceNumbers(
            String policy, String tie, double reference, double tolerance) throws IOException {
        JsonNode one =
                report(
                                "--workload k-lpm --rate 3 --policy %s --seeds 0-2 %s"
                                        .formatted(policy, tie)
                                        .strip())
                        .get("summary")
                        .get(0);
        assertThat(one.get("policy").asText()).isEqualTo(policy);
        assertThat(one.get("ttft_p99_s").asDouble())
                .isCloseTo(reference, within(tolerance * reference));
    }

    /** Ratios of first come first served to ranked, of mean and P90 of seconds per token. */
    @Test
    void rankingABurstGainsWhatTheReferenceGains() throws IOException {
        JsonNode summaries =
                report(
                                "--workload ltr-burst --requests 2000 --slots 256 --dataset sharegpt"
                                        + " --policy fcfs,ltr:threshold=none,ltr --tau 0.54")
                        .get("summary");
        JsonNode fcfs = summaries.get(0);
        JsonNode ranked = summaries.get(1);
        JsonNode promoting = summaries.get(2);
        assertThat(ratio(fcfs, ranked, "per_token_mean_s")).isCloseTo(1.90, within(0.1));
        assertThat(ratio(fcfs, ranked, "per_token_p90_s")).isCloseTo(2.34, within(0.1));
        assertThat(ratio(ranked, promoting, "starvation_max_s")).isGreaterThan(3);
        assertThat(ratio(promoting, ranked, "per_token_mean_s")).isLessThan(1.3);
    }

    /** Ten answers of 1 to 10 tokens, in this order, one slot, a second for each token. */
    @Test
    void itIsToldHowSoonAnswersAreThere() throws IOException {
        JsonNode report =
                report(
                        "--workload ltr-synthetic --lengths 10,9,8,7,6,5,4,3,2,1 --slots 1 --token-time 1"
                                + " --policy fcfs,sjf --answers 3 --within 28");
        JsonNode fcfs = report.get("summary").get(0);
        assertThat(fcfs.get("first_answers_s").asDouble()).isEqualTo(10 + 9 + 8);
        assertThat(fcfs.get("answers_within").asInt()).isEqualTo(3);
        JsonNode sjf = report.get("summary").get(1);
        assertThat(sjf.get("first_answers_s").asDouble()).isEqualTo(1 + 2 + 3);
        assertThat(sjf.get("answers_within").asInt()).isEqualTo(7);
        assertThat(report.at("/conditions/answers").asText()).isEqualTo("3");
        assertThat(report.at("/conditions/within").asText()).isEqualTo("28.0 s");
        assertThat(out.toString()).contains("first answers s  answers within");
    }

    @Test
    void whatNobodyAskedForIsNotTold() throws IOException {
        JsonNode one =
                report("--workload ltr-burst --lengths 2,1 --slots 1 --policy fcfs")
                        .get("summary")
                        .get(0);
        assertThat(one.get("first_answers_s").isNull()).isTrue();
        assertThat(one.get("answers_within").isNull()).isTrue();
        assertThat(out.toString()).doesNotContain("answers");
        JsonNode few =
                report("--workload ltr-synthetic --lengths 2,1 --slots 1 --policy fcfs")
                        .get("summary")
                        .get(0);
        assertThat(few.get("first_answers_s").isNull()).isTrue();
        assertThat(few.get("answers_within").asInt()).isEqualTo(2);
    }

    private static double ratio(JsonNode one, JsonNode other, String field) {
        return one.get(field).asDouble() / other.get(field).asDouble();
    }

    @Test
    void aClosedBatchRunsToItsEnd() throws IOException {
        JsonNode report =
                report(
                        "--workload semantic --gap 0.01 --max-concurrent 5 --setting A100_4B --batch 16"
                                + " --processing closed-batch --policy fcfs,sjf --seeds 0-4");
        JsonNode fcfs = report.get("summary").get(0);
        assertThat(report.at("/conditions/batching").asText()).isEqualTo("closed");
        assertThat(fcfs.get("completed").asInt()).isEqualTo(fcfs.get("requests").asInt() / 5);
        assertThat(fcfs.get("mean_s").asDouble()).isGreaterThan(6.65);
        assertThat(fcfs.get("preemptions").asInt()).isZero();
    }

    @Test
    void worsePredictionsOrderWorse() throws IOException {
        String arguments =
                "--synthetic --limit 2000 --rate 30 --setting A100_4B --policy sjf --prediction ";
        double exact = sjfMean(arguments + "exact");
        double good = sjfMean(arguments + "noisy:0.8");
        double poor = sjfMean(arguments + "noisy:0.2");
        assertThat(exact).isLessThan(good);
        assertThat(good).isLessThan(poor);
    }

    private double sjfMean(String arguments) throws IOException {
        return report(arguments).get("summary").get(0).get("mean_s").asDouble();
    }

    @Test
    void anyOptionCanBeSwept() throws IOException {
        JsonNode report =
                report(
                        "--synthetic --limit 60 --policy fcfs,sjf --seeds 0,1 --sweep rate=2,8 --sweep"
                                + " batch=4,16,32");
        JsonNode summaries = report.get("summary");
        assertThat(summaries).hasSize(2 * 2 * 3);
        assertThat(summaries.get(11).at("/at/rate").asText()).isEqualTo("8");
        assertThat(summaries.get(11).at("/at/batch").asText()).isEqualTo("32");
        assertThat(summaries.get(11).get("policy").asText()).isEqualTo("sjf");
        assertThat(report.get("runs")).hasSize(24);
        assertThat(summaries.get(4).get("makespan_s").asDouble())
                .isGreaterThan(summaries.get(10).get("makespan_s").asDouble());
        JsonNode alone =
                report("--synthetic --limit 60 --policy sjf --seeds 0,1 --rate 8 --batch 32");
        assertThat(summaries.get(11).get("mean_s")).isEqualTo(alone.at("/summary/0/mean_s"));
        assertThat(out.toString()).contains("rate  batch  policy");
    }

    @Test
    void workflowsEndWhenTheirLastRequestDoes() throws IOException {
        JsonNode summaries =
                report(
                                "--workload workflows --workflows 30 --rate 0.5 --instances 2 --policy"
                                        + " fcfs,critical-path --seeds 0,1")
                        .get("summary");
        JsonNode fcfs = summaries.get(0);
        assertThat(fcfs.get("workflows").asInt()).isEqualTo(30);
        assertThat(fcfs.get("workflows_completed").asInt()).isEqualTo(30);
        assertThat(fcfs.get("requests").asInt()).isGreaterThan(2 * 2 * 30);
        assertThat(fcfs.get("workflow_mean_s").asDouble())
                .isGreaterThan(fcfs.get("mean_s").asDouble());
    }

    @Test
    void aPageHasAllThatItShows() throws IOException {
        Path page = folder.resolve("page.html");
        assertThat(
                        simulate(
                                "--synthetic --limit 60 --policy fcfs,sjf --sweep rate=2,8 --html "
                                        + page))
                .as(err.toString())
                .isZero();
        String text = Files.readString(page);
        assertThat(text).contains("var uPlot=").doesNotContain("null /* data */");
        assertThat(text).doesNotContainPattern("(src|href)=");
        String data = text.substring(text.indexOf("const data = ") + 13);
        JsonNode shown = new ObjectMapper().readTree(data.substring(0, data.indexOf(";\n")));
        assertThat(shown.get("summary")).hasSize(4);
        JsonNode curves = shown.get("curves").get(1);
        assertThat(curves.get("policy").asText()).isEqualTo("sjf");
        curves.get("latency").forEach(quantiles -> assertThat(quantiles).hasSize(201));
        assertThat(curves.at("/waiting/means")).isNotEmpty();
        double area = 0;
        for (JsonNode mean : curves.at("/running/means")) {
            area += mean.asDouble() * curves.at("/running/step_s").asDouble();
        }
        assertThat(area).isPositive();
    }

    @Test
    void everyRequestHasALine() throws IOException {
        Path csv = folder.resolve("requests.csv");
        assertThat(simulate("--synthetic --limit 50 --instances 2 --policy sjf --csv " + csv))
                .as(err.toString())
                .isZero();
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines).hasSize(51);
        assertThat(lines.get(0)).startsWith("policy,at,seed,request");
        assertThat(lines.subList(1, 51)).allMatch(line -> line.contains(",completed,"));
    }

    @Test
    void warmingUpChangesNothingButTheTime() throws IOException {
        String arguments = "--workload semantic --max-concurrent 9 --policy sjf";
        JsonNode cold = report(arguments);
        JsonNode warm = report(arguments + " --warm-up 2");
        assertThat(warm.get("conditions").get("warm-up").asText()).isEqualTo("2");
        assertThat(warm.get("runs")).hasSize(1);
        for (String figure : List.of("requests", "mean_s", "p99_s", "makespan_s")) {
            assertThat(warm.get("summary").get(0).get(figure))
                    .as(figure)
                    .isEqualTo(cold.get("summary").get(0).get(figure));
        }
    }

    @Test
    void promptsThatAreTextShareWhatTheyBeginWith() throws IOException {
        Path trace = folder.resolve("questions.jsonl");
        String instructions = "Answer as a librarian would, and name the shelf. ".repeat(40);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            lines.append(
                    "{\"prompt\":\"%s%d\",\"output\":\"On the left.\"}%n"
                            .formatted(instructions, i));
        }
        Files.writeString(trace, lines);
        String arguments = "--trace " + trace + " --setting RTXPRO6000_8B --policy k-lpm:k=2";

        assertThat(simulate(arguments)).isEqualTo(2);
        assertThat(err.toString()).contains("--text-blocks 16 if it has texts");
        JsonNode shared = report(arguments + " --text-blocks 16").get("summary").get(0);
        assertThat(shared.get("cache_hit_rate").asDouble()).isGreaterThan(0.9);
    }

    @Test
    void theSameSeedGivesTheSameRun() throws IOException {
        String arguments = "--workload semantic --max-concurrent 9 --policy sjf --seeds 3";
        JsonNode first = report(arguments).get("runs").get(0);
        JsonNode second = report(arguments).get("runs").get(0);
        assertThat(first.get("mean_s")).isEqualTo(second.get("mean_s"));
        assertThat(first.get("p99_s")).isEqualTo(second.get("p99_s"));
    }
}
