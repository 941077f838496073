package io.sluice.apps.replay;

import java.time.Duration;
import java.util.Optional;

/** How far a replay has got, in one line. */
final class ProgressText {

    private static final int BAR_WIDTH = 24;

    private ProgressText() {}

    /**
     * The line.
     *
     * @param length how long the replay will be, as soon as that is known
     */
    static String of(ReplayProgress progress, Optional<TraceLength> length) {
        ReplayCounts counts = progress.counts();
        StringBuilder line = new StringBuilder();
        line.append("%,d".formatted(counts.requests().sent()));
        length.ifPresent(known -> line.append(" of %,d".formatted(known.requests())));
        line.append(" requests, %.1f/s".formatted(rate(progress)));
        progress.lag()
                .ifPresent(lag -> line.append(", at most %s behind".formatted(millis(lag.max()))));
        if (counts.failed() > 0) {
            line.append(", %,d failed".formatted(counts.failed()));
        }
        length.ifPresent(known -> line.append(", ETA ").append(eta(progress, known)));
        return line.toString();
    }

    /** Requests sent per second of wall time. */
    static double rate(ReplayProgress progress) {
        double seconds = progress.elapsedNanos() / 1e9;
        return seconds > 0 ? progress.counts().requests().sent() / seconds : 0;
    }

    /** A bar to go before the line; nothing before the length is known. */
    static String bar(ReplayProgress progress, Optional<TraceLength> length) {
        if (length.isEmpty()) {
            return "";
        }
        double part = (double) progress.counts().requests().sent() / length.get().requests();
        int filled = (int) (BAR_WIDTH * part);
        return "[%s%s] %3d %%  "
                .formatted("=".repeat(filled), " ".repeat(BAR_WIDTH - filled), (int) (100 * part));
    }

    /** The schedule says when the end is, however unevenly the requests lie. */
    private static String eta(ReplayProgress progress, TraceLength length) {
        Duration left =
                Duration.ofNanos(Math.max(0, length.lastOffsetNanos() - progress.elapsedNanos()));
        return left.toHours() > 0
                ? "%d:%02d:%02d"
                        .formatted(left.toHours(), left.toMinutesPart(), left.toSecondsPart())
                : "%d:%02d".formatted(left.toMinutes(), left.toSecondsPart());
    }

    /** Milliseconds for people: more digits where there is less. */
    static String millis(double millis) {
        if (millis >= 10_000) {
            return "%.1f s".formatted(millis / 1000);
        }
        return (millis < 10 ? "%.2f ms" : "%.0f ms").formatted(millis);
    }
}
