package io.sluice.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code sluice chaos --short} from the packaged jars: whatever goes wrong, promises are kept. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class ChaosIT {

    private static final Path JAR = Path.of("target", "sluice-demo.jar").toAbsolutePath();
    private static final Path JOBS =
            Path.of(System.getProperty("sluice.project.root", ".."), "jobs/target/sluice-jobs.jar");

    @TempDir private Path folder;

    @Test
    void everyPromiseIsKept() throws Exception {
        Path report = folder.resolve("report.json");

        String said = chaos(report);

        assertThat(said).contains("every promise was kept");
        JsonNode json = new JsonMapper().readTree(report.toFile());
        assertThat(json.path("findings")).isEmpty();
        assertThat(json.path("rounds").asInt()).isEqualTo(6);
        assertThat(json.path("faults").asInt()).isEqualTo(10);
        assertThat(json.path("submitted").asLong()).isGreaterThan(1_000);
        assertThat(json.path("lost").asInt()).isZero();
        assertThat(json.path("duplicate_outcomes").asInt()).isZero();
        assertThat(json.path("double_completions").asInt()).isZero();
    }

    /** As the launcher calls it; not at the full rate, since others use the machine, too. */
    private String chaos(Path report) throws Exception {
        List<String> line =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dsluice.run.dir=" + folder,
                        "-Dsluice.jobs.jar=" + JOBS,
                        "-jar",
                        JAR.toString(),
                        "chaos",
                        "--short",
                        "--seed=7",
                        "--rate=60",
                        "--report=" + report);
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.println(said);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
