package io.sluice.demo.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import static org.assertj.core.api.Assumptions.assumeThat;

/** Programs of this machine. */
public final class Programs {

    private Programs() {}

    /**
     * How a program ended.
     *
     * @param code its exit code
     * @param text what it printed
     */
    public record Ended(int code, String text) {}

    /** Skips the test, and says why, where a program of a package of Debian is not installed. */
    public static void assumeInstalled(String program, String debianPackage) {
        boolean installed =
                Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        assumeThat(installed)
                .as("%s (Debian's package %s) is installed", program, debianPackage)
                .isTrue();
    }

    /** Runs a program to its end. */
    public static Ended run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), text);
    }
}
