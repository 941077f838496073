package io.sluice.demo.report;

import io.sluice.core.latency.LatencyMeasure;
import io.sluice.core.latency.SloIndicator;
import io.sluice.core.model.PriorityBand;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The report as a table for people. */
public final class RunSummary {

    private static final String HEAD = "  %-5s %9s %12s %12s %9s %9s %9s %9s %8s";

    private RunSummary() {}

    /** The lines of the table. */
    public static List<String> lines(RunReport report) {
        List<String> lines = new ArrayList<>();
        RequestAccount account = report.requests();
        lines.add(
                String.format(
                        Locale.ROOT,
                        "%d requests, %d outcomes: %s",
                        account.submitted(),
                        account.settled(),
                        outcomes(account)));
        lines.add(
                String.format(
                        Locale.ROOT,
                        "missing %d, duplicate %d, re-emitted %d; dead letters %d; dispatches %d, of them again %d",
                        account.missing(),
                        account.duplicate(),
                        account.reemitted(),
                        report.deadLetters(),
                        report.work().dispatches(),
                        report.work().redispatches()));
        lines.add("");
        latencies(report, lines);
        lines.add("");
        lines.add(work(report));
        return lines;
    }

    private static String outcomes(RequestAccount account) {
        return account.outcomes().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private static void latencies(RunReport report, List<String> lines) {
        lines.add(
                String.format(
                        Locale.ROOT,
                        HEAD,
                        "class",
                        "completed",
                        "queue p50 ms",
                        "queue p99 ms",
                        "TTFT p50",
                        "TTFT p99",
                        "TPOT p50",
                        "E2E p50",
                        "SLO met"));
        lines.add(row("all", report.all()));
        for (PriorityBand band : PriorityBand.values()) {
            if (report.byPriority().containsKey(band)) {
                lines.add(row(band.label(), report.byPriority().get(band)));
            }
        }
    }

    private static String row(String name, GroupFigures group) {
        Distribution wait = group.latency(LatencyMeasure.QUEUE_WAIT);
        Distribution ttft = group.latency(LatencyMeasure.TTFT);
        return String.format(
                Locale.ROOT,
                HEAD,
                name,
                ttft.count(),
                millis(wait.p50()),
                millis(wait.p99()),
                millis(ttft.p50()),
                millis(ttft.p99()),
                millis(group.latency(LatencyMeasure.TPOT).p50()),
                millis(group.latency(LatencyMeasure.E2E).p50()),
                percent(group.attainment(SloIndicator.JOINT).attainment()));
    }

    private static String work(RunReport report) {
        Distribution overhead = report.work().overheadMillis();
        return String.format(
                Locale.ROOT,
                "dispatch overhead p50 %s ms, p99 %s ms (wall time); idle while requests wait: %.2f %% of busy time; %.1f s at speedup %s",
                millis(overhead.p50()),
                millis(overhead.p99()),
                100 * report.work().fleet().idleShare(),
                report.wallSeconds(),
                trimmed(report.run().speedup()));
    }

    private static String millis(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%.0f", value);
    }

    private static String percent(OptionalDouble share) {
        return share.isEmpty()
                ? "-"
                : String.format(Locale.ROOT, "%.1f %%", 100 * share.getAsDouble());
    }

    private static String trimmed(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
