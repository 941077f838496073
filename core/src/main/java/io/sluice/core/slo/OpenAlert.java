package io.sluice.core.slo;

import java.util.List;

/**
 * What is remembered of an alert while it is open: all of it, so that an evaluation that goes on
 * from here says the same as one that was never stopped.
 *
 * @param severity how urgent it is; there is one at most of each
 * @param openedAtMillis end of the slot that opened it
 * @param seq number of its last record, from 1
 * @param told what its last record said
 * @param calmSinceMillis end of the first slot since when it has been calm; {@link #NOT_CALM} if it
 *     is not
 */
public record OpenAlert(
        AlertSeverity severity, long openedAtMillis, long seq, Told told, long calmSinceMillis) {

    /** It still burns. */
    public static final long NOT_CALM = Long.MIN_VALUE;

    /**
     * What a record said.
     *
     * @param atMillis end of the slot it was made by
     * @param factor factor of the rule
     * @param burnRate burn rate over the long window
     * @param budgetLeft share of the budget that was left
     * @param causes names of what may be why
     */
    public record Told(
            long atMillis, double factor, double burnRate, double budgetLeft, List<String> causes) {

        /** Copies the list. */
        public Told {
            causes = List.copyOf(causes);
        }
    }

    OpenAlert calmSince(long millis) {
        return new OpenAlert(severity, openedAtMillis, seq, told, millis);
    }

    OpenAlert telling(Told now) {
        return new OpenAlert(severity, openedAtMillis, seq + 1, now, calmSinceMillis);
    }
}
