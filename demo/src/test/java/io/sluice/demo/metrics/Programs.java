package io.sluice.demo.metrics;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import static org.assertj.core.api.Assumptions.assumeThat;

/** Programs of this machine. */
final class Programs {

    private Programs() {}

    /**
     * How a program ended.
     *
     * @param code its exit code
     * @param text what it printed
     */
    record Ended(int code, String text) {}

    /** Skips the test, and says why, where a program is not installed. */
    static void assumeInstalled(String program) {
        boolean installed =
                Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        assumeThat(installed).as("%s (Debian's package prometheus) is installed", program).isTrue();
    }

    /** Runs a program to its end. */
    static Ended run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), text);
    }
}
