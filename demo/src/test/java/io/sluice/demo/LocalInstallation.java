package io.sluice.demo;

import io.sluice.demo.cluster.FlinkRest;
import io.sluice.demo.process.Await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A cluster in a folder, used through the packaged jars as the launcher does.
 *
 * @param folder where all of it is
 */
record LocalInstallation(Path folder) {

    /** How long anything may take that is awaited. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final Path JAR = Path.of("target", "sluice-demo.jar").toAbsolutePath();
    private static final Path JOBS =
            Path.of(System.getProperty("sluice.project.root", ".."), "jobs/target/sluice-jobs.jar");

    /** A command that has ended. */
    record Ended(int code, String text) {}

    /** What the command printed. */
    String succeeds(String... command) throws Exception {
        return ends(0, command);
    }

    /** What the command printed. */
    String fails(String... command) throws Exception {
        return ends(1, command);
    }

    private String ends(int code, String... command) throws Exception {
        Ended ended = sluice(command);
        assertThat(ended.code()).as(ended.text()).isEqualTo(code);
        return ended.text();
    }

    /** Runs a command, whatever comes of it. */
    Ended sluice(String... command) throws Exception {
        List<String> line =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Dsluice.run.dir=" + folder,
                                "-Dsluice.jobs.jar=" + JOBS,
                                "-jar",
                                JAR.toString()));
        line.addAll(Arrays.asList(command));
        // What follows "--" is for a job.
        int own = line.contains("--") ? line.indexOf("--") : line.size();
        line.add(own, "--directory=" + folder.resolve("c"));
        long startedNanos = System.nanoTime();
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        System.out.printf(
                "$ sluice %s    # %.1f s, exit code %d%n%s%n",
                String.join(" ", command), (System.nanoTime() - startedNanos) / 1e9, code, text);
        return new Ended(code, text);
    }

    /** What the folder says that the cluster is made of. */
    JsonNode settings() throws IOException {
        return new JsonMapper().readTree(folder.resolve("c/cluster.json").toFile());
    }

    /** Where Flink's page is. */
    URI page() throws IOException {
        return URI.create("http://localhost:" + settings().get("webPort"));
    }

    /** What jobs and clients are given. */
    String bootstrapServers() throws IOException {
        return settings().get("bootstrapServers").asText();
    }

    static JsonNode checkpoints(FlinkRest rest, String job) {
        return rest.get("/jobs/" + job + "/checkpoints");
    }

    /** The ids of all processes, whether they run or not. */
    List<Long> pids() throws IOException {
        List<Long> pids = new ArrayList<>();
        try (var files = Files.newDirectoryStream(folder.resolve("c/pids"))) {
            for (Path file : files) {
                pids.add(Long.valueOf(Files.readString(file).strip()));
            }
        }
        return pids;
    }

    long pid(String name) throws IOException {
        return Long.parseLong(Files.readString(folder.resolve("c/pids/" + name + ".pid")).strip());
    }

    /** One that nobody collects after its end has no command any more. */
    static boolean runs(long pid) {
        return ProcessHandle.of(pid).flatMap(process -> process.info().command()).isPresent();
    }

    /** As {@code kill -9} does; returns when it is gone. */
    void kill(String name) throws IOException {
        long pid = pid(name);
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        Await.until(name + " to be gone", PATIENCE, () -> !runs(pid));
    }
}
