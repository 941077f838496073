package io.sluice.apps.simulate;

import io.sluice.apps.cli.TextTable;
import io.sluice.sim.result.RunFigures;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Policies side by side, for a terminal: seconds, with the class means behind. */
final class SummaryTable {

    private final SortedSet<Integer> ranks = new TreeSet<>();

    /** Whether it was asked how soon answers are there. */
    private final boolean answers;

    private SummaryTable(List<Summary> summaries) {
        summaries.forEach(summary -> ranks.addAll(summary.byRank().keySet()));
        answers =
                summaries.stream()
                        .anyMatch(summary -> !Double.isNaN(summary.mean(SummaryTable::within)));
    }

    static String of(List<Summary> summaries) {
        SummaryTable kind = new SummaryTable(summaries);
        Set<String> swept = summaries.get(0).at().keySet();
        TextTable table = new TextTable(1 + swept.size(), kind.header(swept));
        summaries.forEach(summary -> table.add(kind.row(summary)));
        return table.aligned();
    }

    private List<String> header(Set<String> swept) {
        List<String> cells = new ArrayList<>(swept);
        cells.addAll(List.of("policy", "requests", "mean s", "+-95%", "p50", "p90", "p99"));
        ranks.forEach(rank -> cells.add("P" + rank));
        if (answers) {
            cells.addAll(List.of("first answers s", "answers within"));
        }
        cells.addAll(List.of("makespan", "batch", "interrupted", "cpu s"));
        return cells;
    }

    private List<String> row(Summary summary) {
        List<String> cells = new ArrayList<>(summary.at().values());
        cells.add(summary.policy());
        cells.add(Long.toString(summary.requests()));
        cells.add(seconds(summary.mean(f -> f.latency().mean())));
        cells.add(seconds(summary.confidence(f -> f.latency().mean())));
        cells.add(seconds(summary.mean(f -> f.latency().p50())));
        cells.add(seconds(summary.mean(f -> f.latency().p90())));
        cells.add(seconds(summary.mean(f -> f.latency().p99())));
        for (int rank : ranks) {
            Summary.OfClass of = summary.byRank().get(rank);
            cells.add(of == null ? "-" : seconds(of.mean()));
        }
        if (answers) {
            cells.add(seconds(summary.mean(f -> f.answers().firstSeconds())));
            cells.add(String.format(Locale.ROOT, "%.0f", summary.mean(SummaryTable::within)));
        }
        cells.add(seconds(summary.mean(RunFigures::makespan)));
        cells.add(seconds(summary.mean(f -> f.work().meanBatch())));
        cells.add(String.format(Locale.ROOT, "%.0f", summary.mean(f -> f.work().preemptions())));
        cells.add(String.format(Locale.ROOT, "%.3f", summary.cpuSeconds()));
        return cells;
    }

    private static double within(RunFigures figures) {
        return figures.answers().within();
    }

    private static String seconds(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f", value);
    }
}
