package io.sluice.apps.trace;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Account of a source: every row read is either accepted or rejected for one reason.
 *
 * @param rowsRead rows read, blank lines and headers not counted
 * @param accepted requests yielded
 * @param rejected rows not used, by reason; absent reasons did not occur
 * @param notes what was done to accepted requests; absent notes did not occur
 * @param firstProblems the first rejected rows, at most {@link TraceTally#KEPT_PROBLEMS}
 */
public record TraceStats(
        long rowsRead,
        long accepted,
        Map<RejectReason, Long> rejected,
        Map<TraceNote, Long> notes,
        List<TraceProblem> firstProblems) {

    public TraceStats {
        rejected = ordered(rejected, RejectReason.class);
        notes = ordered(notes, TraceNote.class);
        firstProblems = List.copyOf(firstProblems);
        long rejectedRows = rejected.values().stream().mapToLong(Long::longValue).sum();
        if (rowsRead != accepted + rejectedRows) {
            throw new IllegalStateException(
                    rowsRead
                            + " rows read, but "
                            + accepted
                            + " accepted and "
                            + rejectedRows
                            + " rejected");
        }
    }

    /** Rows not used. */
    public long rejectedRows() {
        return rowsRead - accepted;
    }

    /** How often something was done. */
    public long count(TraceNote note) {
        return notes.getOrDefault(note, 0L);
    }

    /** How many rows were rejected for a reason. */
    public long count(RejectReason reason) {
        return rejected.getOrDefault(reason, 0L);
    }

    private static <K extends Enum<K>> Map<K, Long> ordered(Map<K, Long> counts, Class<K> type) {
        EnumMap<K, Long> copy = new EnumMap<>(type);
        copy.putAll(counts);
        return Collections.unmodifiableMap(copy);
    }
}
