package io.sluice.jobs.differential;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What lanes have said, by the road it took.
 *
 * @param decisions what was decided about requests, and why
 * @param commands what was sent to workers
 * @param releases what was let go of
 */
record LaneLog(List<Line> decisions, List<Line> commands, List<Line> releases) {

    /** An empty log. */
    LaneLog() {
        this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    /** Appends what was said during one step. */
    void append(LaneLog step) {
        append(decisions, step.decisions);
        append(commands, step.commands);
        append(releases, step.releases);
    }

    private static void append(List<Line> log, List<Line> step) {
        List<Line> ordered = new ArrayList<>(step);
        Collections.sort(ordered, Line.BY_TIME_AND_LANE);
        log.addAll(ordered);
    }

    void clear() {
        decisions.clear();
        commands.clear();
        releases.clear();
    }
}
