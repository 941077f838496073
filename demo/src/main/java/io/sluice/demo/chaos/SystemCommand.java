package io.sluice.demo.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A command of the operating system, to its end. */
final class SystemCommand {

    private SystemCommand() {}

    /**
     * Runs it.
     *
     * @throws IllegalStateException if it cannot be run or fails, with what it says
     */
    static void run(String... line) {
        String said = trial(line);
        if (!said.isEmpty()) {
            throw new IllegalStateException(said);
        }
    }

    /** Runs it, and tells in a line why it failed; empty if it did not. */
    static String trial(String... line) {
        String words = String.join(" ", line);
        try {
            Process process = new ProcessBuilder(List.of(line)).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            return code == 0 ? "" : "'%s' ended with %d: %s".formatted(words, code, said.strip());
        } catch (IOException exception) {
            return "'%s' cannot be run: %s".formatted(words, exception.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in '%s'".formatted(words), interrupted);
        }
    }
}
