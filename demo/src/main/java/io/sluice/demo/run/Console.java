package io.sluice.demo.run;

import io.sluice.demo.view.LiveView;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** What the user of the demo sees. Lines may come from any thread. */
final class Console {

    private final PrintWriter out;
    private final boolean redraws;
    private final long startNanos = System.nanoTime();

    /**
     * A console whose times count from now.
     *
     * @param redraws whether it is a terminal that a live view may be redrawn on
     */
    Console(PrintWriter out, boolean redraws) {
        this.out = out;
        this.redraws = redraws;
    }

    /** Prints a line with the time since the start. */
    synchronized void say(String line) {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        out.printf(Locale.ROOT, "[%5.1f s] %s%n", seconds, line);
        out.flush();
    }

    /** Prints lines as they are. */
    synchronized void print(List<String> lines) {
        lines.forEach(out::println);
        out.flush();
    }

    /** A live view on this console. */
    LiveView view() {
        return new LiveView(out, redraws, startNanos);
    }
}
