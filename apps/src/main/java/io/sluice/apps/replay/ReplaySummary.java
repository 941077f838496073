package io.sluice.apps.replay;

import io.sluice.apps.trace.TraceNote;
import io.sluice.apps.trace.TraceStats;
import io.sluice.core.latency.LatencyStats;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The end of a replay in a few lines for people. */
final class ReplaySummary {

    private static final int PROBLEMS_SHOWN = 3;

    private final List<String> lines = new ArrayList<>();

    private ReplaySummary() {}

    /** The lines, the most important first. */
    static List<String> of(ReplayInfo info, ReplayResult result) {
        ReplaySummary summary = new ReplaySummary();
        summary.headline(info, result);
        summary.line("arrivals", info.workload().arrivals());
        summary.line("shape", info.workload().shape());
        summary.line("requests", requests(info.settings().fields()));
        summary.rows(info.rows());
        summary.beside(result.counts());
        summary.behind(result);
        summary.problems(result);
        return summary.lines;
    }

    private void headline(ReplayInfo info, ReplayResult result) {
        lines.add(
                "%s %,d requests of %s in %.1f s (%.1f/s)%s"
                        .formatted(
                                result.stopped() ? "stopped after" : "replayed",
                                result.counts().requests().acknowledged(),
                                info.workload().trace(),
                                result.progress().elapsedNanos() / 1e9,
                                ProgressText.rate(result.progress()),
                                fate(result.counts())));
    }

    /** What else became of requests, if anything did. */
    private static String fate(ReplayCounts counts) {
        StringBuilder text = new StringBuilder();
        append(text, counts.requests().failed(), "failed");
        append(text, counts.deviations().oversized(), "too large to be sent");
        append(text, counts.deviations().stopped(), "read but not sent");
        append(text, counts.requests().inFlight(), "sent without an answer of the broker");
        return text.toString();
    }

    private static void append(StringBuilder text, long count, String what) {
        if (count > 0) {
            text.append("; %,d %s".formatted(count, what));
        }
    }

    private static String requests(RequestFields fields) {
        return "ids %s, model %s, predicted lengths %s"
                .formatted(
                        fields.ids(),
                        fields.model(),
                        switch (fields.prediction()) {
                            case NONE -> "none";
                            case EXACT -> "exact";
                            case RECORDED -> "as recorded";
                        });
    }

    private void rows(TraceStats rows) {
        String name = "rows";
        for (String text : RowLines.rejected(rows)) {
            line(name, text);
            name = "";
        }
        if (!rows.notes().isEmpty()) {
            line(
                    "notes",
                    rows.notes().entrySet().stream()
                            .map(note -> counted(note.getValue(), note.getKey()))
                            .collect(Collectors.joining(", ")));
        }
    }

    private static String counted(long count, TraceNote note) {
        return "%,d %s".formatted(count, note.words());
    }

    private void beside(ReplayCounts counts) {
        if (counts.prompts().sent() > 0) {
            line("prompts", "%,d by reference".formatted(counts.prompts().acknowledged()));
        }
        if (counts.duplicates().sent() + counts.cancels().sent() > 0) {
            line(
                    "beside",
                    "%,d duplicates, %,d cancels"
                            .formatted(
                                    counts.duplicates().acknowledged(),
                                    counts.cancels().acknowledged()));
        }
        if (counts.deviations().unordered() > 0) {
            line(
                    "order",
                    "%,d requests wait for others in the trace; sent without, since the scheduler does"
                                    .formatted(counts.deviations().unordered())
                            + " not order requests by one another yet");
        }
    }

    private void behind(ReplayResult result) {
        line("behind", late(result.progress().lag()) + " after a request was due");
        line("broker", late(result.acknowledged()) + " until it had the request");
    }

    private static String late(Optional<LatencyStats> stats) {
        return stats.map(
                        lag ->
                                "p50 %s, p99 %s, max %s"
                                        .formatted(
                                                ProgressText.millis(lag.p50()),
                                                ProgressText.millis(lag.p99()),
                                                ProgressText.millis(lag.max())))
                .orElse("nothing");
    }

    private void problems(ReplayResult result) {
        result.problems().stream()
                .limit(PROBLEMS_SHOWN)
                .forEach(problem -> line("problem", problem.toString()));
    }

    private void line(String name, String text) {
        lines.add("  %-9s %s".formatted(name, text));
    }
}
