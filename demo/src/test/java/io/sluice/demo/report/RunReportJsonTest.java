package io.sluice.demo.report;

import io.sluice.core.latency.LatencyMeasure;
import io.sluice.core.latency.SloCounts;
import io.sluice.core.latency.SloIndicator;
import io.sluice.core.model.PriorityBand;
import io.sluice.core.policy.PolicyChoice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

class RunReportJsonTest {

    private static final JsonMapper JSON = new JsonMapper();

    /** Objects whose keys are what was counted. */
    private static final Set<String> BY_NAME = Set.of("outcomes", "by_priority", "by_instance");

    @Test
    void hasEveryFieldInAFixedOrder() throws Exception {
        List<String> names = new ArrayList<>();
        JSON.readTree(RunReportJson.text(report())).fieldNames().forEachRemaining(names::add);

        assertThat(names)
                .containsExactly(
                        "policy",
                        "routing",
                        "fairness",
                        "admission",
                        "preemption",
                        "batching",
                        "trace",
                        "seed",
                        "speedup",
                        "instances",
                        "submitted",
                        "outcomes",
                        "missing_outcomes",
                        "duplicate_outcomes",
                        "reemitted_outcomes",
                        "unexpected_outcomes",
                        "resubmitted_requests",
                        "dead_letters",
                        "dispatches",
                        "redispatches",
                        "queue_wait_ms",
                        "ttft_ms",
                        "ttft_from_dispatch_ms",
                        "tpot_ms",
                        "e2e_ms",
                        "slo_attainment",
                        "dispatch_overhead_ms",
                        "utilisation",
                        "duration_s",
                        "trace_duration_s");
    }

    @Test
    void everyFieldIsExplainedInTheDocumentation() throws Exception {
        Path page = Path.of(System.getProperty("basedir", "."), "..", "docs", "report.md");
        Set<String> named = new TreeSet<>();
        Files.readString(page)
                .lines()
                .flatMap(line -> Pattern.compile("`([a-z0-9_]+)`").matcher(line).results())
                .forEach(match -> named.add(match.group(1)));
        Set<String> fields = new TreeSet<>();
        collectNames(JSON.readTree(RunReportJson.text(report())), fields);

        assertThat(fields).contains("submitted", "p99", "joint", "idle_while_queued_share");
        assertThat(named).containsAll(fields);
    }

    /** Names that the code gives; not those of outcomes, classes and instances. */
    private static void collectNames(JsonNode node, Set<String> names) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            names.add(field.getKey());
            if (BY_NAME.contains(field.getKey())) {
                field.getValue().forEach(each -> collectNames(each, names));
            } else {
                collectNames(field.getValue(), names);
            }
        }
    }

    @Test
    void saysAllAndEachClassThatHadRequests(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("report.json");
        RunReportJson.write(report(), file);
        JsonNode json = JSON.readTree(file.toFile());

        assertThat(json.at("/ttft_ms/all/p50").asDouble()).isEqualTo(2);
        assertThat(json.at("/ttft_ms/by_priority/P0/p99").asDouble()).isEqualTo(3);
        assertThat(json.at("/ttft_ms/by_priority").size()).isEqualTo(1);
        assertThat(json.at("/tpot_ms/all/p50").isNull()).isTrue();
        assertThat(json.at("/slo_attainment/all/ttft").asDouble()).isEqualTo(0.5);
        assertThat(json.at("/slo_attainment/all/tpot").isNull()).isTrue();
        assertThat(json.at("/slo_attainment/all/requests_with_target/ttft").asInt()).isEqualTo(2);
        assertThat(json.at("/outcomes/Completed").asInt()).isEqualTo(3);
        assertThat(json.at("/trace_duration_s").asDouble()).isEqualTo(15);
    }

    @Test
    void theTableNamesWhatMatters() {
        assertThat(String.join("\n", RunSummary.lines(report())))
                .contains("3 requests, 3 outcomes: Completed 3", "TTFT p50", "P0", "50.0 %");
    }

    private static RunReport report() {
        GroupFigures figures =
                new GroupFigures(
                        Map.of(LatencyMeasure.TTFT, Distribution.of(new double[] {3, 1, 2})),
                        Map.of(
                                SloIndicator.TTFT,
                                new SloCounts(2, 1),
                                SloIndicator.JOINT,
                                new SloCounts(2, 1)));
        return new RunReport(
                new RunDescription(
                        PolicyChoice.DEFAULT.withOrdering("edf"),
                        "crafted",
                        7,
                        10,
                        List.of("A100_4B")),
                new RequestAccount(3, new TreeMap<>(Map.of("Completed", 3L)), 0, 0, 0, 0, 0),
                0,
                new WorkFigures(3, 0, Distribution.EMPTY, new TreeMap<>()),
                figures,
                Map.of(PriorityBand.P0, figures),
                1.5);
    }
}
