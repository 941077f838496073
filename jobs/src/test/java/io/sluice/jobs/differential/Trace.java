package io.sluice.jobs.differential;

import io.sluice.sim.driver.LaneEvent;

import java.util.ArrayList;
import java.util.List;

/** Everything that happens to a host of lanes, in order. */
final class Trace {

    /** One thing that happens. */
    sealed interface Step {
        /** When, in virtual milliseconds. */
        long millis();

        /** Something reaches the lanes. */
        record Event(long millis, LaneEvent event) implements Step {}

        /** A checkpoint is taken. */
        record Checkpoint(long millis) implements Step {}

        /** The host crashes; until then it was at work. */
        record Crash(long millis) implements Step {}

        /** The host comes back, from its latest checkpoint. */
        record Restore(long millis) implements Step {}
    }

    private final List<Step> steps = new ArrayList<>();

    void add(Step step) {
        steps.add(step);
    }

    List<Step> steps() {
        return steps;
    }

    /** Lets it all happen to a host, and returns what its lanes said. */
    LaneLog replay(LaneHost host) throws Exception {
        LaneLog log = new LaneLog();
        for (Step step : steps) {
            if (step instanceof Step.Restore) {
                host.restore(step.millis());
            } else {
                host.advanceTo(step.millis());
            }
            log.append(host.drain());
            if (step instanceof Step.Checkpoint) {
                host.checkpoint();
            } else if (step instanceof Step.Event event) {
                host.take(event.event());
                log.append(host.drain());
            }
        }
        return log;
    }
}
