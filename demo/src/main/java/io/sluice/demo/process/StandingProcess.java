package io.sluice.demo.process;

import java.time.Duration;
import java.time.Instant;

/**
 * A process of a {@link PidFolder} that runs, or did when it was looked for. It belongs to nobody:
 * it neither ends with this JVM, nor does this JVM learn its exit code.
 */
public final class StandingProcess {

    /** How long the operating system may take to do away with what was killed. */
    private static final Duration DEATH = Duration.ofSeconds(30);

    private final ProcessHandle handle;
    private final ProcessFiles files;
    private final String mark;

    StandingProcess(ProcessHandle handle, ProcessFiles files, String mark) {
        this.handle = handle;
        this.files = files;
        this.mark = mark;
    }

    /** The operating system's process id. */
    public long pid() {
        return handle.pid();
    }

    /** When it started, as precisely as the operating system tells. */
    public Instant since() {
        return handle.info().startInstant().orElse(Instant.EPOCH);
    }

    /**
     * Whether the process runs, and is not another one that was given its id since. One that has
     * ended but was not yet collected by its parent has no command line any more, and does not run.
     */
    public boolean isAlive() {
        return handle.isAlive()
                && handle.info()
                        .commandLine()
                        .filter(line -> line.contains(mark + " "))
                        .isPresent();
    }

    /**
     * Fails if the process has ended, with the last reason it wrote.
     *
     * @throws AwaitException so that a wait for its readiness ends at once
     */
    public void requireAlive() {
        if (!isAlive()) {
            throw files.endedWithReason();
        }
    }

    /** Asks the process to end, as {@code kill} does, and returns at once. */
    public void askToEnd() {
        if (isAlive()) {
            handle.destroy();
        }
    }

    /** Kills the process as {@code kill -9} does, and waits until it is gone. */
    public void kill() {
        handle.destroyForcibly();
        Await.until(files.name() + " to be gone", DEATH, () -> !isAlive());
    }

    /**
     * Waits until the process has ended, and kills it if it has not after a while.
     *
     * @param patience how long it may take by itself
     * @return whether it ended by itself
     */
    public boolean awaitEnd(Duration patience) {
        try {
            Await.until(files.name() + " to end", patience, () -> !isAlive());
            return true;
        } catch (AwaitException tooLong) {
            kill();
            return false;
        }
    }
}
