package io.sluice.demo.deploy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The script that submits a job, with a stand-in for Flink's client. */
class SubmitOnceTest {

    private static final Path SCRIPT =
            DeployFiles.ROOT.resolve("deploy/docker/submit-once.sh").toAbsolutePath();

    @TempDir private Path bin;

    /** A client that lists what is in a file, and notes what it was asked to run. */
    @BeforeEach
    void makeClient() throws IOException {
        Path client = bin.resolve("flink");
        Files.writeString(
                client,
                """
                #!/usr/bin/env bash
                if [[ $1 == list ]]; then cat "$(dirname "$0")/list"; else echo "$@" >"$(dirname "$0")/ran"; fi
                """);
        assertThat(client.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void submitsAJobThatIsNotThere() throws Exception {
        list("No running jobs.");

        assertThat(submit("sluice-sla", "-d", "-p", "2", "a.jar")).isZero();

        assertThat(bin.resolve("ran")).hasContent("run -d -p 2 a.jar");
    }

    @Test
    void leavesAJobThatIsThere() throws Exception {
        list("01.01.2026 00:00:00 : 0123456789abcdef0123456789abcdef : sluice-sla (RUNNING)");

        assertThat(submit("sluice-sla", "a.jar")).isZero();

        assertThat(bin.resolve("ran")).doesNotExist();
    }

    @Test
    void anotherJobIsNoObstacle() throws Exception {
        list("01.01.2026 00:00:00 : 0123456789abcdef0123456789abcdef : sluice-sla-2 (RUNNING)");

        assertThat(submit("sluice-sla", "a.jar")).isZero();

        assertThat(bin.resolve("ran")).exists();
    }

    @Test
    void withoutArgumentsItFails() throws Exception {
        assertThat(submit("sluice-sla")).isEqualTo(2);
    }

    private void list(String jobs) throws IOException {
        Files.writeString(bin.resolve("list"), jobs + "\n", StandardCharsets.UTF_8);
    }

    private int submit(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("bash", SCRIPT.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().merge("PATH", bin + ":", (path, first) -> first + path);
        return builder.start().waitFor();
    }
}
