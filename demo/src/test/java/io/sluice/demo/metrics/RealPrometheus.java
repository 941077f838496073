package io.sluice.demo.metrics;

import io.sluice.demo.process.Await;
import io.sluice.demo.process.FreePorts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.yaml.snakeyaml.Yaml;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Debian's Prometheus with our configuration, but for the targets and the pace. */
final class RealPrometheus implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final URI address;
    private final HttpClient http = HttpClient.newHttpClient();

    private RealPrometheus(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts it; it answers queries when this returns.
     *
     * @param folder empty, for all that it writes
     * @param targets for each job of the configuration where it is here
     */
    static RealPrometheus start(Path folder, Map<String, String> targets) throws Exception {
        Path config = folder.resolve("prometheus.yml");
        Files.writeString(config, new Yaml().dump(moved(targets)));
        int port = FreePorts.pick(1).get(0);
        Process process =
                new ProcessBuilder(
                                "prometheus",
                                "--config.file=" + config,
                                "--storage.tsdb.path=" + folder.resolve("data"),
                                "--web.listen-address=127.0.0.1:" + port)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("prometheus.log").toFile())
                        .start();
        RealPrometheus prometheus =
                new RealPrometheus(process, URI.create("http://127.0.0.1:" + port));
        Await.until("Prometheus to be ready", PATIENCE, prometheus::ready);
        return prometheus;
    }

    /** Our configuration with other targets, absolute paths, and a second between readings. */
    private static Map<String, Object> moved(Map<String, String> targets) throws IOException {
        Map<String, Object> config =
                MonitoringFiles.yaml(MonitoringFiles.PROMETHEUS.resolve("prometheus.yml"));
        config.put("global", Map.of("scrape_interval", "1s", "evaluation_interval", "1s"));
        config.put("rule_files", List.of(MonitoringFiles.RULES.toRealPath() + "/*.yml"));
        List<Map<String, Object>> jobs = new ArrayList<>();
        for (Map<String, Object> job : MonitoringFiles.maps(config, "scrape_configs")) {
            Map<String, Object> here = new LinkedHashMap<>(job);
            here.remove("dns_sd_configs");
            // On the loopback interface the page asks for no token.
            here.remove("authorization");
            String target = targets.get((String) job.get("job_name"));
            here.put("static_configs", List.of(Map.of("targets", List.of(target))));
            jobs.add(here);
        }
        config.put("scrape_configs", jobs);
        return config;
    }

    private boolean ready() {
        try {
            return get("/-/ready").statusCode() == 200;
        } catch (IOException exception) {
            // Not listening yet.
            return false;
        }
    }

    /**
     * The series that a query gives now.
     *
     * @throws IllegalStateException if Prometheus refuses the query
     */
    JsonNode query(String query) throws IOException {
        String path = "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
        HttpResponse<String> response = get(path);
        JsonNode answer = new JsonMapper().readTree(response.body());
        if (!answer.path("status").asText().equals("success")) {
            throw new IllegalStateException(query + ": " + response.body());
        }
        return answer.at("/data/result");
    }

    /** The only value that a query gives now; NaN if none. */
    double value(String query) throws IOException {
        JsonNode result = query(query);
        return result.isEmpty() ? Double.NaN : result.get(0).get("value").get(1).asDouble();
    }

    /** All rules with their health. */
    JsonNode rules() throws IOException {
        return new JsonMapper().readTree(get("/api/v1/rules").body()).at("/data/groups");
    }

    private HttpResponse<String> get(String path) throws IOException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(address.resolve(path))
                            .timeout(Duration.ofSeconds(10))
                            .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
