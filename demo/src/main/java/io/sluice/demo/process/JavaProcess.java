package io.sluice.demo.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A child JVM. Its log goes to {@code NAME.log} and what it prints to {@code NAME.out} in the log
 * folder; both are appended to, so a restarted process continues its predecessor's. The child ends
 * when this JVM does.
 */
public final class JavaProcess implements AutoCloseable {

    private final String name;
    private final Process process;
    private final Path log;
    private final Path output;

    private JavaProcess(String name, Process process, Path log, Path output) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.output = output;
    }

    /**
     * Starts the child and returns at once; whether it becomes ready is the caller's to await.
     *
     * @param command what to run
     * @param logFolder where its two files go; made if missing
     * @throws UncheckedIOException if the folder cannot be made or the JVM not started
     */
    public static JavaProcess start(JavaCommand command, Path logFolder) {
        Path folder = logFolder.toAbsolutePath();
        Path log = folder.resolve(command.name() + ".log");
        Path output = folder.resolve(command.name() + ".out");
        try {
            Files.createDirectories(folder);
            Process process =
                    new ProcessBuilder(command.commandLine(log))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                            .start();
            return new JavaProcess(command.name(), process, log, output);
        } catch (IOException exception) {
            throw new UncheckedIOException("cannot start " + command.name(), exception);
        }
    }

    /** The operating system's process id. */
    public long pid() {
        return process.pid();
    }

    /** Whether the process runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * The exit code of a process that has ended.
     *
     * @throws IllegalThreadStateException if it runs
     */
    public int exitValue() {
        return process.exitValue();
    }

    /** Kills the process as {@code kill -9} does, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /**
     * Asks the process to end as {@code kill} does, and kills it if it has not after a while.
     *
     * @param patience how long it may take
     * @return whether it ended by itself
     */
    public boolean terminate(Duration patience) {
        // Process.destroy would also close the pipe of the tether, which ends the child at once.
        process.toHandle().destroy();
        try {
            if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        kill();
        return false;
    }

    /**
     * Fails if the process has ended, with the last lines it wrote.
     *
     * @throws AwaitException so that a wait for its readiness ends at once
     */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw new AwaitException(
                    "%s ended with code %d; the last lines of %s and %s:%n%s%n%s"
                            .formatted(
                                    name,
                                    process.exitValue(),
                                    log,
                                    output,
                                    lastLines(log),
                                    lastLines(output)));
        }
    }

    private static String lastLines(Path file) {
        if (!Files.exists(file)) {
            return "";
        }
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            int from = Math.max(0, lines.size() - 15);
            return String.join(System.lineSeparator(), lines.subList(from, lines.size()));
        } catch (IOException exception) {
            return "(cannot read " + file + ": " + exception.getMessage() + ")";
        }
    }

    /** Kills the process if it still runs. */
    @Override
    public void close() {
        kill();
    }
}
