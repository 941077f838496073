package io.sluice.demo.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A child JVM. Its log goes to {@code NAME.log} and what it prints to {@code NAME.out} in the log
 * folder; both are appended to, so a restarted process continues its predecessor's. The child ends
 * when this JVM does.
 */
public final class JavaProcess implements AutoCloseable {

    private final Process process;
    private final ProcessFiles files;

    private JavaProcess(Process process, ProcessFiles files) {
        this.process = process;
        this.files = files;
    }

    /**
     * Starts the child and returns at once; whether it becomes ready is the caller's to await.
     *
     * @param command what to run
     * @param logFolder where its two files go; made if missing
     * @throws UncheckedIOException if the folder cannot be made or the JVM not started
     */
    public static JavaProcess start(JavaCommand command, Path logFolder) {
        return start(command, logFolder, List.of());
    }

    /**
     * Starts the child in surroundings of its own.
     *
     * @param launcher a command that becomes what it is told to run, such as {@code env
     *     NAME=VALUE}; none if empty
     * @throws UncheckedIOException if the folder cannot be made or the JVM not started
     */
    public static JavaProcess start(JavaCommand command, Path logFolder, List<String> launcher) {
        ProcessFiles files = ProcessFiles.in(logFolder, command.name());
        try {
            List<String> line = new ArrayList<>(launcher);
            line.addAll(command.tethered(files.log()));
            return new JavaProcess(files.start(line, ProcessBuilder.Redirect.PIPE), files);
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
            throw files.ended("ended with code " + process.exitValue());
        }
    }

    /** The last lines of what it printed, after its name. */
    public String lastLines() {
        return files.name() + ": " + files.lastPrinted();
    }

    /** Kills the process if it still runs. */
    @Override
    public void close() {
        kill();
    }
}
