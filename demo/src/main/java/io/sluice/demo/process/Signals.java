package io.sluice.demo.process;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals for which Java has no call. */
public final class Signals {

    private Signals() {}

    /**
     * Has a process stand still, as a machine that swaps or is moved does: its connections stay.
     *
     * @param pid the operating system's process id
     */
    public static void pause(long pid) {
        send("-STOP", pid);
    }

    /** Lets a process go on that stands still. */
    public static void resume(long pid) {
        send("-CONT", pid);
    }

    private static void send(String signal, long pid) {
        try {
            Process kill = new ProcessBuilder("kill", signal, Long.toString(pid)).start();
            int code = kill.waitFor();
            if (code != 0) {
                throw new IllegalStateException(
                        "kill %s %d ended with %d; the process may be gone"
                                .formatted(signal, pid, code));
            }
        } catch (IOException exception) {
            throw new UncheckedIOException("cannot run kill", exception);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running kill", interrupted);
        }
    }
}
