package io.sluice.demo.metrics;

import io.sluice.demo.process.Await;
import io.sluice.demo.process.FreePorts;
import io.sluice.demo.process.Programs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** A real Prometheus reads a demo, and a worker beside it, from the packaged jars. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class PrometheusIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int REQUESTS = 80;
    private static final int SPEEDUP = 10;

    private static final Path APPS =
            MonitoringFiles.ROOT.resolve("apps/target/sluice-apps.jar").toAbsolutePath();

    private final List<Process> started = new ArrayList<>();

    @TempDir private Path folder;

    @Test
    void readsARunningFleetAndAnswersEveryQuery() throws Exception {
        Programs.assumeInstalled("prometheus", "prometheus");
        List<Integer> ports = FreePorts.pick(4);
        String broker = "localhost:" + ports.get(0);
        Path report = folder.resolve("report.json");
        Path data = Files.createDirectory(folder.resolve("prometheus"));
        Map<String, String> targets =
                Map.of(
                        "flink", "localhost:" + ports.get(1),
                        "workers", "localhost:" + ports.get(2),
                        "page", "localhost:" + ports.get(3));
        // First, so that it sees every counter at zero.
        try (RealPrometheus prometheus = RealPrometheus.start(data, targets)) {
            start("demo", demo(ports, report));
            awaitLine("demo", "both jobs run");
            awaitLine("demo", "everything still runs");
            countsWhatTheReportCounts(prometheus, report);
            // The demo's own workers have gone home, so all of these are for the one beside it.
            start("worker", worker(broker, ports.get(2)));
            awaitLine("worker", "registered as incarnation");
            start("replay", replay(broker));
            Await.until(
                    "the live page to tell of an instance",
                    PATIENCE,
                    () -> !prometheus.query("sluice_instance_running_sequences").isEmpty());
            answersEveryQuery(prometheus);
        } finally {
            for (Process process : started) {
                process.destroy();
                process.waitFor();
            }
        }
    }

    private static void countsWhatTheReportCounts(RealPrometheus prometheus, Path file)
            throws IOException {
        JsonNode report = new JsonMapper().readTree(file.toFile());
        int completed = report.at("/outcomes/Completed").asInt();
        assertThat(completed).isPositive();
        String counted =
                "sum(sluice_requests_total{job_name=\"sluice-sla\", outcome=\"Completed\"})";
        awaitValue(prometheus, counted, completed);
        awaitValue(prometheus, "sum(sluice_requests_total{operator_name=\"route\"})", REQUESTS);
        awaitValue(prometheus, "sum(sluice_request_ttft_seconds_count)", completed);
        awaitValue(prometheus, "sum(sluice_request_ttft_seconds_bucket{le=\"+Inf\"})", completed);
        // Over both subtasks of the router, which a quantile of each could not give.
        assertThat(prometheus.query("sluice_requests_total{operator_name=\"route\"}").size())
                .isGreaterThan(prometheus.query("sluice_duplicate_outcomes_total").size());
        double bound =
                prometheus.value(
                        "histogram_quantile(0.5, sum by (le) (sluice_request_ttft_seconds_bucket))");
        double median = report.at("/ttft_ms/all/p50").asDouble() / 1_000 / SPEEDUP;
        // Within the bucket that holds it: bounds are at most a factor of three apart.
        assertThat(bound).isBetween(median / 3, median * 3);
        assertThat(prometheus.query("{job_id!=\"\"}")).as("labels of one attempt").isEmpty();
    }

    private static void answersEveryQuery(RealPrometheus prometheus) throws IOException {
        for (Map.Entry<String, String> panel : MonitoringFiles.panelQueries().entrySet()) {
            String query = panel.getValue();
            if (query.endsWith("> 0")) {
                // It asks for what is above zero, and may find nothing.
                prometheus.query(query);
            } else {
                Await.until(
                        "%s to show %s".formatted(panel.getKey(), query),
                        PATIENCE,
                        () -> !prometheus.query(query).isEmpty());
            }
        }
        for (JsonNode group : prometheus.rules()) {
            for (JsonNode rule : group.get("rules")) {
                assertThat(rule.get("health").asText()).as(rule.toString()).isEqualTo("ok");
            }
        }
        assertThat(prometheus.query("ALERTS{alertstate=\"firing\", severity=\"page\"}")).isEmpty();
    }

    private static void awaitValue(RealPrometheus prometheus, String query, double expected) {
        Await.until(
                "%s to be %s".formatted(query, expected),
                PATIENCE,
                () -> prometheus.value(query) == expected);
    }

    private List<String> demo(List<Integer> ports, Path report) {
        return List.of(
                "-Dsluice.run.dir=" + folder,
                "-jar",
                Path.of("target", "sluice-demo.jar").toAbsolutePath().toString(),
                "demo",
                "--headless",
                "--keep-alive",
                "--requests=" + REQUESTS,
                "--speedup=" + SPEEDUP,
                "--web-port=0",
                "--page-port=" + ports.get(3),
                "--port=" + ports.get(0),
                "--metrics-port=" + ports.get(1),
                "--report=" + report);
    }

    private List<String> worker(String broker, int port) {
        return List.of(
                "-jar",
                APPS.toString(),
                "worker",
                "--simulate=A100_4B",
                "--instance-id=gpu-beside",
                "--speedup=" + SPEEDUP,
                "--bootstrap-servers=" + broker,
                "--ledger-dir=" + folder.resolve("ledger"),
                "--metrics-port=" + port);
    }

    private static List<String> replay(String broker) {
        return List.of(
                "-jar",
                APPS.toString(),
                "replay",
                "--synthetic",
                "--limit=20",
                "--speedup=" + SPEEDUP,
                "--bootstrap-servers=" + broker);
    }

    private void start(String name, List<String> arguments) throws IOException {
        List<String> line =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC"));
        line.addAll(arguments);
        started.add(
                new ProcessBuilder(line)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve(name + ".out").toFile())
                        .start());
    }

    private void awaitLine(String name, String words) {
        Await.until(
                name + " to print: " + words,
                PATIENCE,
                () -> Files.readString(folder.resolve(name + ".out")).contains(words));
    }
}
