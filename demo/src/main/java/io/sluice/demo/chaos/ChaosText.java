package io.sluice.demo.chaos;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The report for a terminal. */
final class ChaosText {

    private ChaosText() {}

    static List<String> lines(ChaosReport report) {
        JsonNode json = ChaosReportJson.tree(report);
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(line("rounds", json));
        lines.add(line("faults", json));
        lines.add(line("submitted", json));
        lines.add(line("lost", json));
        lines.add(line("duplicate_outcomes", json));
        lines.add(line("double_completions", json));
        lines.add(line("wasted_executions", json));
        lines.add(line("redispatched", json));
        lines.add(line("duplicate_starts_per_1000", json));
        JsonNode recovery = json.path("recovery_s");
        lines.add(
                String.format(
                        Locale.ROOT,
                        "dispatching again after a kill: p50 %s s, p99 %s s (%d kills)",
                        recovery.path("p50"),
                        recovery.path("p99"),
                        recovery.path("measured").asInt()));
        if (!report.missed().isEmpty()) {
            lines.add("did not come: " + report.missed().stream().map(FaultKind::title).toList());
        }
        lines.add(
                report.findings().isEmpty()
                        ? "every promise was kept"
                        : report.findings().size() + " findings:");
        report.findings().forEach(finding -> lines.add("  " + finding));
        return lines;
    }

    private static String line(String field, JsonNode json) {
        return String.format(
                Locale.ROOT, "%-28s %s", field.replace('_', ' '), json.path(field).asText("?"));
    }
}
