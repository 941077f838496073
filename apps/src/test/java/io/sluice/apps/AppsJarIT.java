package io.sluice.apps;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

import static org.assertj.core.api.Assertions.assertThat;

/** The packaged jar, as a user has it. */
class AppsJarIT {

    private static final Path JAR = Path.of("target", "sluice-apps.jar").toAbsolutePath();

    @Test
    void holdsWhatItNeedsAndNoFlinkAndNoTestLibrary() throws IOException {
        System.out.printf("%s: %d MiB%n", JAR.getFileName(), Files.size(JAR) >> 20);
        try (JarFile jar = new JarFile(JAR.toFile())) {
            List<String> names = jar.stream().map(ZipEntry::getName).toList();

            assertThat(names)
                    .contains(
                            "org/apache/kafka/clients/producer/KafkaProducer.class",
                            "io/sluice/sim/engine/ContinuousBatchingEngine.class",
                            "history/index.txt",
                            "org/slf4j/simple/SimpleLogger.class")
                    .noneMatch(name -> name.startsWith("org/apache/flink/"))
                    .noneMatch(name -> name.startsWith("org/junit/"))
                    .noneMatch(name -> name.startsWith("net/jqwik/"))
                    .noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|DSA|RSA)"))
                    .doesNotHaveDuplicates();
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertThat(manifest.getValue("Main-Class")).isEqualTo(SluiceApps.class.getName());
            assertThat(manifest.getValue("Multi-Release")).isEqualTo("true");
        }
    }

    @Test
    void runsFromTheJarAloneAndKeepsTheConsoleClean() throws Exception {
        Process version = java("version");
        assertThat(output(version)).matches("sluice \\S+ \\(Java \\S+, Kafka client \\S+\\)\\R");
        assertThat(version.waitFor()).isZero();

        Process tail =
                java(
                        "tail",
                        "outcomes",
                        "--bootstrap-servers=localhost:1",
                        "--client-property=default.api.timeout.ms=300",
                        "--client-property=request.timeout.ms=200");
        assertThat(output(tail))
                .startsWith("sluice: no Kafka broker answers on localhost:1")
                .hasLineCount(1);
        assertThat(tail.waitFor()).isEqualTo(1);
    }

    @Test
    void showsTheLogWhenAskedTo() throws Exception {
        Process tail =
                java(
                        "tail",
                        "outcomes",
                        "--verbose",
                        "--bootstrap-servers=localhost:1",
                        "--client-property=default.api.timeout.ms=300",
                        "--client-property=request.timeout.ms=200");

        assertThat(output(tail))
                .contains("AdminClientConfig values")
                .contains("WARN NetworkClient");
        assertThat(tail.waitFor()).isEqualTo(1);
    }

    private static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static Process java(String... arguments) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> line = new ArrayList<>(List.of(java, "-jar", JAR.toString()));
        line.addAll(List.of(arguments));
        return new ProcessBuilder(line).redirectErrorStream(true).start();
    }
}
