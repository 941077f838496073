package io.sluice.apps.trace;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Counts what a source reads; owned by the source, snapshots go out as {@link TraceStats}. Not
 * thread-safe.
 */
public final class TraceTally {

    /** Rejected rows that are kept as examples. */
    public static final int KEPT_PROBLEMS = 3;

    private final Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
    private final Map<TraceNote, Long> notes = new EnumMap<>(TraceNote.class);
    private final List<TraceProblem> firstProblems = new ArrayList<>();
    private long rowsRead;
    private long accepted;

    /** A row became a request. */
    public void accept() {
        rowsRead++;
        accepted++;
    }

    /** A row was refused. */
    public void reject(TraceProblem problem) {
        rowsRead++;
        rejected.merge(problem.reason(), 1L, Long::sum);
        if (firstProblems.size() < KEPT_PROBLEMS) {
            firstProblems.add(problem);
        }
    }

    /** Something was done to a request that is accepted. */
    public void note(TraceNote note) {
        notes.merge(note, 1L, Long::sum);
    }

    /** Requests accepted so far: the sequence of the next one. */
    public long accepted() {
        return accepted;
    }

    /** The account so far. */
    public TraceStats snapshot() {
        return new TraceStats(rowsRead, accepted, rejected, notes, firstProblems);
    }
}
