package io.sluice.apps.replay;

import io.sluice.apps.trace.RejectReason;
import io.sluice.apps.trace.TraceProblem;
import io.sluice.apps.trace.TraceStats;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What became of the rows of a trace, in lines for people: the same in every command. */
public final class RowLines {

    private RowLines() {}

    /**
     * How many rows were read and how many of them not used, by reason; then the first of those,
     * with where they are in the file. Empty if every row was used.
     */
    public static List<String> rejected(TraceStats rows) {
        List<String> lines = new ArrayList<>();
        if (rows.rejectedRows() > 0) {
            lines.add(
                    "%,d read, %,d not used: %s"
                            .formatted(
                                    rows.rowsRead(), rows.rejectedRows(), words(rows.rejected())));
            rows.firstProblems().stream().map(TraceProblem::toString).forEach(lines::add);
        }
        return lines;
    }

    private static String words(Map<RejectReason, Long> rejected) {
        return rejected.entrySet().stream()
                .map(entry -> "%,d %s".formatted(entry.getValue(), entry.getKey().words()))
                .collect(Collectors.joining(", "));
    }
}
