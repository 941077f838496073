package io.sluice.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** {@code sluice demo} from the packaged jar, from end to end: broker, Flink, workers, replay. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class DemoRunIT {

    private static final Path JAR = Path.of("target", "sluice-demo.jar").toAbsolutePath();
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir private Path folder;

    private record Ended(int code, List<String> console) {
        String text() {
            return String.join("\n", console);
        }
    }

    @Test
    void aRunAccountsForEveryRequest() throws Exception {
        Path file = folder.resolve("report.json");
        Ended run =
                demo(
                        "--requests=80",
                        "--speedup=20",
                        "--seed=7",
                        "--set",
                        "sluice.scheduler.max-passes=8",
                        report(file));

        assertThat(run.code()).as(run.text()).isZero();
        assertThat(run.text()).contains("both jobs run", "80 requests, 80 outcomes", "SLO met");
        JsonNode report = JSON.readTree(file.toFile());
        assertThat(report.get("seed").asInt()).isEqualTo(7);
        assertAddsUp(report, 80);
        assertThat(report.at("/outcomes/Completed").asInt()).isPositive();
        for (String measure : List.of("queue_wait_ms", "ttft_ms", "e2e_ms")) {
            JsonNode all = report.at("/" + measure + "/all");
            assertThat(all.get("p99").asDouble())
                    .as(measure)
                    .isGreaterThanOrEqualTo(all.get("p50").asDouble());
        }
        assertThat(report.at("/e2e_ms/all/p50").asDouble())
                .isGreaterThan(report.at("/ttft_ms/all/p50").asDouble());
        assertThat(report.at("/slo_attainment/all/joint").asDouble()).isBetween(0.0, 1.0);
    }

    @Test
    void asCtrlCDoesASignalEndsItCleanly() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Process demo = start("--requests=100000", "--keep-alive");
        List<String> console = new ArrayList<>();
        String secret;
        try (BufferedReader lines = demo.inputReader()) {
            String line = lines.readLine();
            while (line != null && !line.contains("replaying")) {
                console.add(line);
                line = lines.readLine();
            }
            assertThat(page(console, "/api/state")).contains("\"state\":", "\"fleet\":");
            assertThat(page(console, "/api/control")).contains("\"enabled\":true,\"known\":false");
            Path token = Path.of(after("take the token in ", console));
            assertThat(Files.getPosixFilePermissions(token))
                    .containsExactlyInAnyOrder(
                            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
            secret = Files.readString(token).strip();
            demo.toHandle().destroy();
            lines.lines().forEach(console::add);
        } finally {
            assertThat(demo.waitFor(2, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(console.get(console.size() - 1)).endsWith("stopped");
        assertThat(console).noneMatch(line -> line.contains("Exception") || line.contains(secret));
        assertThat(secret).hasSize(64);
        assertThat(demo.exitValue()).isEqualTo(130);
        assertThat(temporary).as("nothing is left behind").isEmptyDirectory();
    }

    /** What its live page says at a path, where the console says it is. */
    private static String page(List<String> console, String path) throws Exception {
        URI address = URI.create(after("live page on ", console) + path);
        return HttpClient.newBuilder()
                .proxy(HttpClient.Builder.NO_PROXY)
                .build()
                .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                .body();
    }

    private static String after(String words, List<String> console) {
        return console.stream()
                .filter(line -> line.contains(words))
                .map(line -> line.substring(line.indexOf(words) + words.length()))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "traces/azure2023/AzureLLMInferenceTrace_conv.csv.gz, 2000, 2000, 20, Completed",
        "text/sharegpt/ShareGPT_V3_filtered_500.json.gz, 1000, 332, 10, Completed",
        "lengths/sharegpt_8k_filtered_stats_llama2_tokenizer.csv.gz, 2000, 2000, 60, Completed",
        "traces/mooncake/synthetic_trace.jsonl.gz, 300, 300, 20, Completed RejectedTooLong",
    })
    void realTracesEndInOneOutcomeForEachRequest(
            String trace, int requests, int submitted, int speedup, String amongThem)
            throws Exception {
        Path source = Path.of(System.getProperty("sluice.shared.data", "absent")).resolve(trace);
        assumeThat(Files.exists(source)).as("shared data %s", source).isTrue();
        Path file = folder.resolve("report.json");
        Ended run =
                demo(
                        "--trace=" + source,
                        "--requests=" + requests,
                        "--speedup=" + speedup,
                        report(file));

        assertThat(run.code()).as(run.text()).isZero();
        System.out.println(String.join("\n", run.console()));
        JsonNode report = JSON.readTree(file.toFile());
        assertAddsUp(report, submitted);
        for (String outcome : amongThem.split(" ")) {
            assertThat(report.at("/outcomes/" + outcome).asInt()).as(outcome).isPositive();
        }
    }

    private static void assertAddsUp(JsonNode report, int submitted) {
        int outcomes = 0;
        for (JsonNode count : report.get("outcomes")) {
            outcomes += count.asInt();
        }
        assertThat(report.get("submitted").asInt()).isEqualTo(submitted);
        assertThat(outcomes).isEqualTo(submitted);
        for (String none :
                List.of(
                        "missing_outcomes",
                        "duplicate_outcomes",
                        "unexpected_outcomes",
                        "dead_letters")) {
            assertThat(report.get(none).asInt()).as(none).isZero();
        }
        assertThat(report.at("/ttft_ms/all/count").asInt())
                .isEqualTo(report.at("/outcomes/Completed").asInt());
    }

    private static String report(Path file) {
        return "--report=" + file;
    }

    private Ended demo(String... options) throws Exception {
        Process demo = start(options);
        try (BufferedReader lines = demo.inputReader()) {
            List<String> console = lines.lines().toList();
            return new Ended(demo.waitFor(), console);
        } finally {
            demo.destroyForcibly();
        }
    }

    /** As the launcher starts it, on ports that are free. */
    private Process start(String... options) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> line =
                new ArrayList<>(
                        List.of(
                                java,
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Djava.io.tmpdir="
                                        + Files.createDirectories(folder.resolve("tmp")),
                                "-Dsluice.run.dir=" + folder,
                                "-jar",
                                JAR.toString(),
                                "demo",
                                "--headless",
                                "--port=0",
                                "--web-port=0",
                                "--page-port=0"));
        line.addAll(List.of(options));
        return new ProcessBuilder(line).redirectErrorStream(true).start();
    }
}
