package io.sluice.jobs.differential;

import java.util.Comparator;

/**
 * One line of a host's log.
 *
 * @param millis when it was decided
 * @param instanceId lane
 * @param kind what was decided
 * @param request whom it is about, or a dash
 * @param attempt which attempt, 0 if none
 * @param rest everything else that is said of it
 */
record Line(long millis, String instanceId, String kind, String request, int attempt, String rest) {

    /**
     * The order of a log. Lanes are independent of each other, so what two of them do at one time
     * has none; what one lane does at one time keeps the order in which it was done.
     */
    static final Comparator<Line> BY_TIME_AND_LANE =
            Comparator.comparingLong(Line::millis).thenComparing(Line::instanceId);
}
