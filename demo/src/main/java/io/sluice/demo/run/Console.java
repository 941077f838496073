package io.sluice.demo.run;

import io.sluice.demo.view.LiveView;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** What the user of the demo sees. Lines may come from any thread. */
final class Console {

    private final LiveView view;
    private final long startNanos = System.nanoTime();

    /**
     * A console whose times count from now.
     *
     * @param redraws whether it is a terminal that a live view may be redrawn on
     */
    Console(PrintWriter out, boolean redraws) {
        this.view = new LiveView(out, redraws, startNanos);
    }

    /** Prints a line with the time since the start. */
    void say(String line) {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        view.say(String.format(Locale.ROOT, "[%5.1f s] %s", seconds, line));
    }

    /** Prints lines as they are. */
    void print(List<String> lines) {
        lines.forEach(view::say);
    }

    /** The live view on this console. */
    LiveView view() {
        return view;
    }
}
