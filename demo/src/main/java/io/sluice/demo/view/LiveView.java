package io.sluice.demo.view;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

/**
 * Shows snapshots of a run: redrawn in place on a terminal, a line every few seconds elsewhere.
 * From any thread.
 */
public final class LiveView {

    private static final Duration REDRAW = Duration.ofMillis(500);
    private static final Duration LINE = Duration.ofSeconds(3);
    private static final String UP = "\u001b[%dA";
    private static final String CLEAR_LINE = "\u001b[2K";
    private static final String CLEAR_BELOW = "\u001b[J";

    /** A line longer than the terminal is wide must not become two: they are counted. */
    private static final String NO_WRAP = "\u001b[?7l";

    private static final String WRAP = "\u001b[?7h";

    private final PrintWriter out;
    private final boolean redraws;
    private final long startNanos;
    private final RateMeter rates = new RateMeter();
    private long nextNanos;
    private int drawn;

    /**
     * A view that has shown nothing.
     *
     * @param out where it is shown
     * @param redraws whether that is a terminal, which understands ANSI sequences
     * @param startNanos zero of the times that are shown
     */
    public LiveView(PrintWriter out, boolean redraws, long startNanos) {
        this.out = out;
        this.redraws = redraws;
        this.startNanos = startNanos;
        this.nextNanos = startNanos;
    }

    /**
     * Shows the snapshot if it is time to.
     *
     * @param now monotonic nanoseconds
     * @param expected requests that the run will have, or 0 while unknown
     */
    public synchronized void show(LiveSnapshot snapshot, long now, long expected) {
        if (now >= nextNanos) {
            draw(snapshot, now, expected);
        }
    }

    /** Shows the last snapshot, whenever that is. */
    public synchronized void finish(LiveSnapshot snapshot, long now, long expected) {
        draw(snapshot, now, expected);
        drawn = 0;
    }

    /** Prints a line that stays; what is redrawn goes on below it. */
    public synchronized void say(String line) {
        if (drawn > 0) {
            out.print(UP.formatted(drawn) + CLEAR_BELOW);
            drawn = 0;
        }
        out.println(line);
        out.flush();
    }

    private void draw(LiveSnapshot snapshot, long now, long expected) {
        double seconds = (now - startNanos) / 1e9;
        LiveRates speed = rates.add(seconds, snapshot);
        if (redraws) {
            redraw(LiveLines.block(snapshot, speed, seconds, expected));
        } else {
            out.println(LiveLines.line(snapshot, speed, seconds, expected));
        }
        out.flush();
        nextNanos = now + (redraws ? REDRAW : LINE).toNanos();
    }

    private void redraw(List<String> lines) {
        if (drawn > 0) {
            out.print(UP.formatted(drawn));
        }
        out.print(NO_WRAP);
        for (String line : lines) {
            out.print(CLEAR_LINE);
            out.println(line);
        }
        out.print(WRAP);
        drawn = lines.size();
    }
}
