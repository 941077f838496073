package io.sluice.apps.audit;

import io.sluice.audit.AuditReport;
import io.sluice.audit.Finding;
import io.sluice.audit.OutcomeFigures;
import io.sluice.audit.RunFigures;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A report for people. */
final class AuditText {

    /** Findings of a promise that are told one by one; {@code --json} has all. */
    private static final int MOST_FINDINGS = 10;

    private AuditText() {}

    static List<String> lines(AuditReport report) {
        List<String> lines = new ArrayList<>();
        OutcomeFigures outcomes = report.outcomes();
        lines.add(
                "%,d requests (%,d submissions repeated); %s; %,d open; %,d outcomes written again; %,d dead letters"
                        .formatted(
                                outcomes.submitted(),
                                outcomes.repeatedSubmissions(),
                                counts(outcomes.outcomes()),
                                outcomes.open(),
                                outcomes.writtenAgain(),
                                outcomes.deadLetters()));
        RunFigures runs = report.runs();
        lines.add(
                "%,d runs sent (%,d commands repeated), %,d accepted, %,d completed; wasted: %s"
                        .formatted(
                                runs.dispatched(),
                                runs.repeatedCommands(),
                                runs.accepted(),
                                runs.completed(),
                                counts(runs.wasted())));
        lines.add(
                "%,d pairs of commands compared for the order of lanes"
                        .formatted(report.comparedPairs()));
        findings(report, lines);
        return lines;
    }

    private static String counts(Map<String, Long> counts) {
        return counts.isEmpty()
                ? "none"
                : new TreeMap<>(counts)
                        .entrySet().stream()
                                .map(each -> "%s %,d".formatted(each.getKey(), each.getValue()))
                                .collect(Collectors.joining(", "));
    }

    private static void findings(AuditReport report, List<String> lines) {
        if (report.findings().isEmpty()) {
            lines.add("no promise is broken");
            return;
        }
        Map<Finding.Promise, List<Finding>> byPromise =
                report.findings().stream()
                        .collect(
                                Collectors.groupingBy(
                                        Finding::promise,
                                        () -> new EnumMap<>(Finding.Promise.class),
                                        Collectors.toList()));
        byPromise.forEach(
                (promise, findings) -> {
                    lines.add("%s: broken %,d times".formatted(words(promise), findings.size()));
                    findings.stream()
                            .limit(MOST_FINDINGS)
                            .forEach(finding -> lines.add("  " + finding.what()));
                    if (findings.size() > MOST_FINDINGS) {
                        lines.add(
                                "  and %,d more; --json has all"
                                        .formatted(findings.size() - MOST_FINDINGS));
                    }
                });
    }

    private static String words(Finding.Promise promise) {
        return promise.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
