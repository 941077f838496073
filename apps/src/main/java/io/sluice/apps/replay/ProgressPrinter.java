package io.sluice.apps.replay;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Prints progress: on a terminal one line that changes, elsewhere a line from time to time. Used by
 * the thread of the replay only.
 */
final class ProgressPrinter implements ReplayListener {

    private static final long PLAIN_EVERY_NANOS = Duration.ofSeconds(5).toNanos();

    /** Back to the start of the line, and clear it: ECMA-48's erase in line. */
    private static final String FRESH_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    private final Supplier<Optional<TraceLength>> length;
    private long nextPlainNanos = PLAIN_EVERY_NANOS;
    private boolean open;

    ProgressPrinter(PrintWriter out, boolean terminal, Supplier<Optional<TraceLength>> length) {
        this.out = out;
        this.terminal = terminal;
        this.length = length;
    }

    @Override
    public void progress(ReplayProgress progress) {
        if (terminal) {
            out.print(
                    FRESH_LINE
                            + ProgressText.bar(progress, length.get())
                            + ProgressText.of(progress, length.get()));
            out.flush();
            open = true;
        } else if (progress.elapsedNanos() >= nextPlainNanos) {
            out.println(ProgressText.of(progress, length.get()));
            out.flush();
            nextPlainNanos = progress.elapsedNanos() + PLAIN_EVERY_NANOS;
        }
    }

    /** Leaves the changing line as it is, and lets others write below it. */
    void end() {
        if (open) {
            out.println();
            out.flush();
            open = false;
        }
    }
}
