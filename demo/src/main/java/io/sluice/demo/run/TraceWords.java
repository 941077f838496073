package io.sluice.demo.run;

import io.sluice.apps.replay.RowLines;
import io.sluice.apps.trace.TraceStats;
import io.sluice.apps.trace.workload.Workload;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What was replayed, in one line for a report. */
final class TraceWords {

    private TraceWords() {}

    /**
     * The trace, its arrivals and shape, and what was made up or left out; to be asked for last.
     */
    static String of(Workload workload) {
        TraceStats stats = workload.stats();
        String notes =
                stats.notes().entrySet().stream()
                        .map(note -> "; " + note.getValue() + " " + note.getKey().words())
                        .collect(Collectors.joining());
        String rejected =
                stats.rejectedRows() == 0
                        ? ""
                        : "; %d of %d rows not usable"
                                .formatted(stats.rejectedRows(), stats.rowsRead());
        return "%s; %s; %s%s%s"
                .formatted(
                        workload.trace(), workload.arrivals(), workload.shape(), notes, rejected);
    }

    /**
     * The rows that could not be used: how many, and the first of them with their lines. Nothing if
     * there are none; to be asked for last.
     */
    static List<String> rejected(Workload workload) {
        List<String> lines = new ArrayList<>();
        for (String line : RowLines.rejected(workload.stats())) {
            lines.add(lines.isEmpty() ? "rows of the trace: " + line : "  " + line);
        }
        return lines;
    }
}
