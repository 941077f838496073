package io.sluice.apps.sla;

import io.sluice.apps.cli.TextTable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A result for people. */
final class VerifyText {

    /** More would scroll away what matters. */
    private static final int SHOWN = 20;

    private VerifyText() {}

    static List<String> lines(VerifyResult result) {
        List<String> lines = new ArrayList<>();
        OutcomeLog.Tally outcomes = result.outcomes();
        lines.add(
                "%s to %s: %d outcomes count; %d repeated, %d too late, %d unreadable"
                        .formatted(
                                Instant.ofEpochMilli(result.range().fromMillis()),
                                Instant.ofEpochMilli(result.range().toMillis()),
                                outcomes.counted(),
                                outcomes.repeated(),
                                outcomes.late(),
                                outcomes.unreadable()));
        if (outcomes.incomplete()) {
            lines.add(
                    "the topic of outcomes does not reach back to a dedup window before that: what it has lost is missing here");
        }
        lines.add("");
        lines.add(
                "largest differences, of counts absolute, of the rest as a share of the exact value");
        table(result).aligned().lines().forEach(lines::add);
        lines.add("");
        findings(result, lines);
        lines.add(objectives(result.objectives()));
        lines.add(verdict(result));
        return lines;
    }

    private static TextTable table(VerifyResult result) {
        List<String> header = new ArrayList<>(List.of("length", "measure", "windows"));
        for (Statistic statistic : Statistic.values()) {
            header.add(statistic.label());
        }
        TextTable table = new TextTable(2, header);
        for (Differences.Row row : result.windows().differences().rows()) {
            List<String> cells = new ArrayList<>();
            cells.add(WindowKey.words(row.lengthMillis()));
            cells.add(row.measure());
            cells.add(
                    Long.toString(
                            result.windows().compared().getOrDefault(row.lengthMillis(), 0L)));
            for (Statistic statistic : Statistic.values()) {
                cells.add(cell(statistic, result.windows().differences().largest(row, statistic)));
            }
            table.add(cells);
        }
        return table;
    }

    private static String cell(Statistic statistic, OptionalDouble difference) {
        if (difference.isEmpty()) {
            return "-";
        }
        double value = difference.getAsDouble();
        return statistic.isRelative()
                ? String.format(Locale.ROOT, "%.4f %%", 100 * value)
                : String.format(Locale.ROOT, "%.0f", value);
    }

    private static void findings(VerifyResult result, List<String> lines) {
        result.findings().stream()
                .limit(SHOWN)
                .map(f -> "%-8s %s: %s".formatted(f.kind(), f.window(), f.detail()))
                .forEach(lines::add);
        int more = result.findings().size() - SHOWN;
        if (more > 0) {
            lines.add("and %d more".formatted(more));
        }
    }

    private static String objectives(SloVerification.Result objectives) {
        return "objectives: %d series, %d windows compared, %d differ; %d may still change, %d begin before that time or before the objective counted, %d series share one"
                .formatted(
                        objectives.series(),
                        objectives.windows(),
                        objectives.findings().size(),
                        objectives.open(),
                        objectives.tooLong(),
                        objectives.shared());
    }

    private static String verdict(VerifyResult result) {
        String counts =
                "%d windows compared, %d differ, %d missing, %d surplus; %d may still change; %d compared in sum only"
                        .formatted(
                                result.compared(),
                                result.findings(Finding.Kind.DIFFERS),
                                result.findings(Finding.Kind.MISSING),
                                result.findings(Finding.Kind.SURPLUS),
                                result.windows().open(),
                                result.windows().inSum());
        if (result.compared() == 0) {
            return counts
                    + ". There was nothing to compare: no window that is final lies in that time";
        }
        return counts
                + (result.isGood()
                        ? ". All is exact, percentiles within the stated 0.78 %"
                        : ". NOT as promised: counts, means and extremes are to be exact, percentiles within 0.78 %");
    }
}
