package io.sluice.sim.protocol;

import java.util.ArrayList;
import java.util.List;

/** What happened, line by line; kept only when somebody will read it. */
final class Trace {

    private final boolean on;
    private final List<String> lines = new ArrayList<>();

    Trace(boolean on) {
        this.on = on;
    }

    boolean isOn() {
        return on;
    }

    void add(long millis, String what) {
        if (on) {
            lines.add("%8.3f s  %s".formatted(millis / 1000.0, what));
        }
    }

    List<String> lines() {
        return lines;
    }
}
