package io.sluice.jobs.sla;

import java.util.Comparator;

/**
 * One window of log time, of any length; its text is the key of state. In order of length, then of
 * time.
 *
 * @param lengthMillis its length
 * @param startMillis its start, inclusive, a multiple of the length
 */
record SlaWindowId(long lengthMillis, long startMillis) implements Comparable<SlaWindowId> {

    private static final char SEPARATOR = '@';

    private static final Comparator<SlaWindowId> ORDER =
            Comparator.comparingLong(SlaWindowId::lengthMillis)
                    .thenComparingLong(SlaWindowId::startMillis);

    /** The window of a length that a time falls in. */
    static SlaWindowId at(long timeMillis, long lengthMillis) {
        return new SlaWindowId(
                lengthMillis, Math.floorDiv(timeMillis, lengthMillis) * lengthMillis);
    }

    /** Reads what {@link #text()} wrote. */
    static SlaWindowId parse(String text) {
        int separator = text.indexOf(SEPARATOR);
        return new SlaWindowId(
                Long.parseLong(text.substring(0, separator)),
                Long.parseLong(text.substring(separator + 1)));
    }

    /** The length and the start. */
    String text() {
        return "" + lengthMillis + SEPARATOR + startMillis;
    }

    /** Its end, exclusive. */
    long endMillis() {
        return startMillis + lengthMillis;
    }

    /** Its last millisecond: the watermark that completes it. */
    long lastMillis() {
        return endMillis() - 1;
    }

    /** Whether all of another window lies in this one. */
    boolean covers(SlaWindowId other) {
        return startMillis <= other.startMillis && other.endMillis() <= endMillis();
    }

    @Override
    public int compareTo(SlaWindowId other) {
        return ORDER.compare(this, other);
    }
}
