package io.sluice.demo;

import io.sluice.apps.SluiceApps;
import io.sluice.demo.cluster.FlinkRest;
import io.sluice.demo.process.Await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code sluice cluster}, {@code submit} and {@code savepoint} from the packaged jars: a cluster
 * that outlives its command, and a scheduler job that outlives the job manager.
 */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class ClusterIT {

    private static final Path JAR = Path.of("target", "sluice-demo.jar").toAbsolutePath();
    private static final Path JOBS =
            Path.of(System.getProperty("sluice.project.root", ".."), "jobs/target/sluice-jobs.jar");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir private Path folder;

    private record Ended(int code, String text) {}

    @AfterEach
    void leaveNothingBehind() throws Exception {
        sluice("cluster", "stop");
    }

    @Test
    void goesOnFromItsLastCheckpointAfterTheLossOfItsJobManager() throws Exception {
        FlinkRest rest = startCluster();
        String job = submitJob(rest);
        Await.until("a checkpoint", PATIENCE, () -> rest.completedCheckpoints(job) > 0);
        int checkpoint = checkpoints(rest, job).at("/latest/completed/id").asInt();

        killAndStartAgain();

        rest.awaitRunning(job, PATIENCE);
        assertThat(checkpoints(rest, job).at("/latest/restored/id").asInt())
                .isGreaterThanOrEqualTo(checkpoint);
        assertThat(succeeds("cluster", "status")).contains(job, "RUNNING", "2 of 2 task managers");
        String savepoint = succeeds("savepoint", "scheduler", "--stop").strip();
        assertThat(Path.of(URI.create(savepoint)).resolve("_metadata")).isNotEmptyFile();
        succeeds("submit", "scheduler", "--from-savepoint=" + savepoint);

        List<Long> all = pids();
        assertThat(succeeds("cluster", "stop"))
                .contains("jobmanager", "broker")
                .doesNotContain("killed");
        assertThat(all).hasSize(5).noneMatch(ClusterIT::runs);
        assertThat(succeeds("cluster", "stop")).startsWith("nothing of the cluster");
    }

    /** Two task managers with a slot each, so that the loss of one is felt. */
    private FlinkRest startCluster() throws Exception {
        String started =
                succeeds(
                        "cluster",
                        "start",
                        "--task-managers=2",
                        "--slots=1",
                        "--web-port=0",
                        "--zookeeper-port=0",
                        "--broker-port=0",
                        "-Djobmanager.memory.process.size=800m",
                        "-Dtaskmanager.memory.process.size=1g");
        JsonNode cluster = cluster();
        URI page = URI.create("http://localhost:" + cluster.get("webPort"));
        String broker = cluster.get("bootstrapServers").asText();
        assertThat(started).contains("ready after", page.toString(), broker);
        assertThat(pids()).hasSize(5).allMatch(ClusterIT::runs);
        assertThat(fails("cluster", "start")).contains("runs already");
        assertThat(fails("cluster", "start", "--slots=3")).contains("runs with other options");
        return new FlinkRest(page);
    }

    private String submitJob(FlinkRest rest) throws Exception {
        String broker = cluster().get("bootstrapServers").asText();
        int code =
                SluiceApps.commandLine().execute("topics", "create", "--bootstrap-servers", broker);
        assertThat(code).isZero();
        assertThat(succeeds("submit", "scheduler", "--parallelism=2"))
                .contains("sluice-scheduler is job", "all tasks run");
        assertThat(fails("submit", "scheduler")).contains("is there already");
        return rest.jobs().get(0).id();
    }

    private void killAndStartAgain() throws Exception {
        long survivor = pid("taskmanager-2");
        kill("jobmanager");
        kill("taskmanager-1");
        assertThat(fails("cluster", "status"))
                .contains("does not answer")
                .containsPattern("jobmanager +\\d+ +dead")
                .containsPattern("taskmanager-2 +%d +up".formatted(survivor));

        assertThat(succeeds("cluster", "start"))
                .contains("jobmanager", "taskmanager-1")
                .doesNotContain("zookeeper", "taskmanager-2");

        assertThat(pid("taskmanager-2")).isEqualTo(survivor);
    }

    private JsonNode cluster() throws IOException {
        return new JsonMapper().readTree(folder.resolve("c/cluster.json").toFile());
    }

    private static JsonNode checkpoints(FlinkRest rest, String job) {
        return rest.get("/jobs/" + job + "/checkpoints");
    }

    private String succeeds(String... command) throws Exception {
        return ends(0, command);
    }

    private String fails(String... command) throws Exception {
        return ends(1, command);
    }

    private String ends(int code, String... command) throws Exception {
        Ended ended = sluice(command);
        assertThat(ended.code()).as(ended.text()).isEqualTo(code);
        return ended.text();
    }

    private List<Long> pids() throws IOException {
        List<Long> pids = new ArrayList<>();
        try (var files = Files.newDirectoryStream(folder.resolve("c/pids"))) {
            for (Path file : files) {
                pids.add(Long.valueOf(Files.readString(file).strip()));
            }
        }
        return pids;
    }

    private long pid(String name) throws IOException {
        return Long.parseLong(Files.readString(folder.resolve("c/pids/" + name + ".pid")).strip());
    }

    /** One that nobody collects after its end has no command any more. */
    private static boolean runs(long pid) {
        return ProcessHandle.of(pid).flatMap(process -> process.info().command()).isPresent();
    }

    private void kill(String name) throws IOException {
        long pid = pid(name);
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        Await.until(name + " to be gone", PATIENCE, () -> !runs(pid));
    }

    /** As the launcher calls it, with this test's folder. */
    private Ended sluice(String... command) throws Exception {
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
        line.add("--directory=" + folder.resolve("c"));
        long startedNanos = System.nanoTime();
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        System.out.printf(
                "$ sluice %s    # %.1f s, exit code %d%n%s%n",
                String.join(" ", command), (System.nanoTime() - startedNanos) / 1e9, code, text);
        return new Ended(code, text);
    }
}
