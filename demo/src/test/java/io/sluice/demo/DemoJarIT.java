package io.sluice.demo;

import io.sluice.demo.cluster.ClusterProcesses;
import io.sluice.demo.cluster.ClusterSettings;
import io.sluice.demo.process.Await;
import io.sluice.demo.process.ClassPath;
import io.sluice.demo.process.FreePorts;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;

import static org.assertj.core.api.Assertions.assertThat;

/** The packaged jar, as a user has it. */
class DemoJarIT {

    private static final Path JAR = Path.of("target", "sluice-demo.jar").toAbsolutePath();

    @Test
    void holdsWhatItNeedsAndNoTestLibrary() throws IOException {
        System.out.printf("%s: %d MiB%n", JAR.getFileName(), Files.size(JAR) >> 20);
        try (JarFile jar = new JarFile(JAR.toFile())) {
            List<String> names = jar.stream().map(ZipEntry::getName).toList();

            assertThat(names)
                    .contains(
                            "kafka/server/KafkaRaftServer.class",
                            "org/apache/flink/runtime/minicluster/MiniCluster.class",
                            "web/index.html",
                            "flink-rpc-akka.jar")
                    .noneMatch(name -> name.startsWith("org/junit/"))
                    .noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|DSA|RSA)"))
                    .doesNotHaveDuplicates();
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertThat(manifest.getValue("Main-Class")).isEqualTo(SluiceDemo.class.getName());
            assertThat(manifest.getValue("Multi-Release")).isEqualTo("true");
        }
    }

    @Test
    void mergesTheServicesOfAllJars() throws IOException {
        String service = "META-INF/services/com.fasterxml.jackson.core.JsonFactory";
        try (JarFile jar = new JarFile(JAR.toFile())) {
            byte[] providers = jar.getInputStream(jar.getEntry(service)).readAllBytes();

            // Files of the same name in three jars.
            assertThat(new String(providers, StandardCharsets.UTF_8))
                    .contains("core.JsonFactory", "csv.CsvFactory", "yaml.YAMLFactory");
        }
    }

    @Test
    void runsABrokerUntilItIsStoppedAndKeepsTheConsoleClean(@TempDir Path directory)
            throws Exception {
        int port = FreePorts.pick(1).get(0);
        Process broker =
                java(directory, "broker", "--port=" + port, "--directory=" + directory + "/log");
        try (BufferedReader console = broker.inputReader()) {
            assertThat(console.readLine())
                    .isEqualTo("Kafka broker ready on localhost:%d; Ctrl-C stops it", port);

            // As Ctrl-C does; Process.destroy would also close the console we read.
            broker.toHandle().destroy();

            assertThat(console.lines()).isEmpty();
            assertThat(broker.waitFor()).isEqualTo(143);
            assertThat(directory.resolve("log/.kafka_cleanshutdown")).exists();
        } finally {
            broker.destroyForcibly();
        }
    }

    @Test
    void reportsAFailureInOneLine(@TempDir Path directory) throws Exception {
        Process broker = java(directory, "broker", "--port=70000");
        try (BufferedReader console = broker.inputReader()) {
            assertThat(console.lines().collect(Collectors.toList()))
                    .containsExactly("sluice: port 70000 is not one: choose 1 to 65535");
            assertThat(broker.waitFor()).isEqualTo(1);
        }
    }

    @Test
    void canBeAFlinkCluster(@TempDir Path directory) {
        ClassPath jarOnly = new ClassPath(List.of(JAR));
        ClusterSettings settings = new ClusterSettings(1, 1, directory, jarOnly, Map.of());

        try (ClusterProcesses cluster = ClusterProcesses.start(settings)) {
            assertThat(cluster.rest().taskManagers()).isEqualTo(1);
            Await.until(
                    "the web page's own files",
                    Duration.ofSeconds(10),
                    () -> cluster.rest().get("/config").has("flink-version"));
        }
    }

    private static Process java(Path directory, String... arguments) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> line =
                new ArrayList<>(
                        List.of(java, "-Dsluice.run.dir=" + directory, "-jar", JAR.toString()));
        line.addAll(List.of(arguments));
        return new ProcessBuilder(line).redirectErrorStream(true).start();
    }
}
