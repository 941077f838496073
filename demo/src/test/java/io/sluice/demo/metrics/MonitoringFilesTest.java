package io.sluice.demo.metrics;

import io.sluice.demo.process.Programs;
import io.sluice.jobs.metrics.JobMetric;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static io.sluice.demo.metrics.MonitoringFiles.PROMETHEUS;
import static io.sluice.demo.metrics.MonitoringFiles.RULES;
import static org.assertj.core.api.Assertions.assertThat;

class MonitoringFilesTest {

    private static final String LE = "le";

    @Test
    void whatFlinkShowsIsShortenedToTheNamesOfTheCatalogue() throws IOException {
        String names =
                Arrays.stream(JobMetric.values())
                        .flatMap(metric -> metric.series().stream())
                        .map(series -> series.substring(JobMetric.PREFIX.length()))
                        .sorted()
                        .collect(Collectors.joining("|"));
        String labels =
                Stream.concat(
                                Stream.of(LE),
                                Arrays.stream(JobMetric.values()).map(JobMetric::label))
                        .filter(label -> !label.isEmpty())
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining("|"));

        assertThat(shortening())
                .isEqualTo(
                        "flink_taskmanager_job_task_operator_(?:user_)?(?:(?:%s)_)*(%s)"
                                .formatted(labels, names));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "assigning",
                "outcome_requests_total",
                "le_request_ttft_seconds_bucket",
                "outcome_le_queue_duration_seconds_bucket",
                "user_undeliverable_commands_total"
            })
    void aNameOfFlinkIsShortened(String registered) throws IOException {
        assertThat("flink_taskmanager_job_task_operator_" + registered)
                .matches(Pattern.compile(shortening()));
    }

    @Test
    void everyNameInRulesAndDashboardsExists() throws IOException {
        Set<String> known = new TreeSet<>(MonitoringFiles.documented());
        Map<String, String> rules = MonitoringFiles.ruleQueries();
        known.addAll(rules.keySet());
        Map<String, String> panels = MonitoringFiles.panelQueries();
        assertThat(panels).hasSizeGreaterThan(20);
        List<String> unknown = new ArrayList<>();
        Stream.concat(rules.entrySet().stream(), panels.entrySet().stream())
                .forEach(
                        query ->
                                MonitoringFiles.names(query.getValue()).stream()
                                        .filter(name -> !name.startsWith("flink_"))
                                        .filter(name -> !known.contains(name))
                                        .forEach(
                                                name -> unknown.add(query.getKey() + ": " + name)));

        assertThat(unknown).isEmpty();
    }

    @Test
    void dashboardsSayWhatTheyShowAndInWhichUnit() throws IOException {
        Set<String> uids = new HashSet<>();
        for (Path file :
                MonitoringFiles.files(
                        MonitoringFiles.ROOT.resolve("deploy/grafana/dashboards"), ".json")) {
            JsonNode dashboard = new JsonMapper().readTree(file.toFile());
            assertThat(uids.add(dashboard.get("uid").asText())).as(file.toString()).isTrue();
            for (JsonNode panel : dashboard.get("panels")) {
                String name = file.getFileName() + ", " + panel.get("title").asText();
                assertThat(panel.path("description").asText()).as(name).isNotBlank();
                assertThat(panel.at("/fieldConfig/defaults/unit").asText()).as(name).isNotBlank();
                assertThat(panel.at("/datasource/uid").asText())
                        .as(name)
                        .isEqualTo(dataSource().get("uid"));
            }
        }
        assertThat(uids).hasSize(3);
    }

    @Test
    void prometheusFindsNothingWrongWithThem() throws Exception {
        Programs.assumeInstalled("promtool", "prometheus");
        // The token of the live page is made where the page is run, so no file has it here.
        Programs.Ended syntax =
                Programs.run(
                        "promtool", "check", "config", "--syntax-only", path("prometheus.yml"));
        assertThat(syntax.text()).contains("SUCCESS");
        for (Path rules : MonitoringFiles.files(RULES, ".yml")) {
            assertThat(Programs.run("promtool", "check", "rules", rules.toString()).text())
                    .contains("SUCCESS");
        }
        for (Path tests : MonitoringFiles.files(PROMETHEUS.resolve("tests"), ".yml")) {
            Programs.Ended ended = Programs.run("promtool", "test", "rules", tests.toString());
            assertThat(ended.code()).as(ended.text()).isZero();
        }
    }

    @Test
    void everyAlertHasATestOfWhenItFiresAndWhenNot() throws IOException {
        String tests = Files.readString(PROMETHEUS.resolve("tests/alerts_test.yml"));
        List<String> alerts =
                MonitoringFiles.maps(MonitoringFiles.yaml(RULES.resolve("alerts.yml")), "groups")
                        .stream()
                        .flatMap(group -> MonitoringFiles.maps(group, "rules").stream())
                        .map(rule -> (String) rule.get("alert"))
                        .toList();
        assertThat(alerts).isNotEmpty();
        for (String alert : alerts) {
            assertThat(tests).contains(alert + " fires\n", alert + " is silent\n");
        }
    }

    private static Map<String, Object> dataSource() throws IOException {
        Path file =
                MonitoringFiles.ROOT.resolve(
                        "deploy/grafana/provisioning/datasources/prometheus.yml");
        return MonitoringFiles.maps(MonitoringFiles.yaml(file), "datasources").get(0);
    }

    private static String path(String file) {
        return PROMETHEUS.resolve(file).toString();
    }

    /** The regular expression that shortens the names of the jobs' metrics. */
    private static String shortening() throws IOException {
        Map<String, Object> flink =
                MonitoringFiles.maps(
                                MonitoringFiles.yaml(PROMETHEUS.resolve("prometheus.yml")),
                                "scrape_configs")
                        .get(0);
        return (String) MonitoringFiles.maps(flink, "metric_relabel_configs").get(0).get("regex");
    }
}
