package io.sluice.demo.cluster;

import io.sluice.demo.process.Await;
import io.sluice.demo.process.ClassPath;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ClusterProcessesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void runsAJarThroughTheDeathOfATaskManager(@TempDir Path directory) throws Exception {
        Path jar = jarOf(CountingJob.class, directory.resolve("counting.jar"));
        long startedNanos = System.nanoTime();
        try (ClusterProcesses cluster = ClusterProcesses.start(settings(directory, Map.of()))) {
            System.out.printf(
                    "Flink processes ready after %d ms%n",
                    Duration.ofNanos(System.nanoTime() - startedNanos).toMillis());
            FlinkRest rest = cluster.rest();
            String job = rest.run(jar, CountingJob.class.getName(), List.of());
            rest.awaitRunning(job, PATIENCE);
            Await.until("a checkpoint", PATIENCE, () -> rest.completedCheckpoints(job) > 0);

            cluster.killTaskManager(0);
            cluster.startTaskManager();

            Await.until(
                    "the job to be restored", PATIENCE, () -> rest.restoredCheckpoints(job) > 0);
            rest.awaitRunning(job, PATIENCE);
            cluster.awaitTaskManagers(1);
            rest.cancel(job);
            assertThat(directory.resolve("log/taskmanager-1.log")).isNotEmptyFile();
        }
    }

    @Test
    void saysWhyAProcessEnded(@TempDir Path directory) {
        Map<String, String> nonsense = Map.of("jobmanager.rpc.port", "no number");

        assertThatThrownBy(() -> ClusterProcesses.start(settings(directory, nonsense)))
                .isInstanceOf(ClusterStartException.class)
                .hasMessageContaining("jobmanager ended with code")
                .hasMessageContaining("no number");
    }

    @Test
    void reportsWhatFlinkSaysOfAJarWithoutTheClass(@TempDir Path directory) throws Exception {
        Path jar = jarOf(CountingJob.class, directory.resolve("counting.jar"));
        try (FlinkMiniCluster cluster =
                FlinkMiniCluster.start(new MiniClusterSettings(1, 1, 0, directory))) {
            FlinkRest rest = new FlinkRest(cluster.webUrl());

            assertThatThrownBy(() -> rest.run(jar, "no.such.Job", List.of()))
                    .isInstanceOf(FlinkRestException.class)
                    .hasMessageContaining("HTTP 500")
                    .hasMessageEndingWith("ClassNotFoundException: no.such.Job");
        }
    }

    private static ClusterSettings settings(Path directory, Map<String, String> options) {
        return new ClusterSettings(1, 1, directory, withoutTests(), options);
    }

    /** So that the job can only come from its jar. */
    private static ClassPath withoutTests() {
        return new ClassPath(
                ClassPath.current().entries().stream()
                        .filter(entry -> !entry.endsWith("test-classes"))
                        .toList());
    }

    private static Path jarOf(Class<?> job, Path jar) throws IOException {
        Path folder = Path.of("target", "test-classes", job.getPackageName().replace('.', '/'));
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                var classes = Files.newDirectoryStream(folder, job.getSimpleName() + "*")) {
            for (Path file : classes) {
                String name = job.getPackageName().replace('.', '/') + "/" + file.getFileName();
                out.putNextEntry(new JarEntry(name));
                Files.copy(file, out);
            }
        }
        return jar;
    }
}
