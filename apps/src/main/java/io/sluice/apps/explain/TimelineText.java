package io.sluice.apps.explain;

import io.sluice.apps.timeline.RequestTimeline;
import io.sluice.apps.timeline.Stage;
import io.sluice.apps.timeline.TimelineEntry;
import io.sluice.apps.timeline.TimelinePhase;
import io.sluice.apps.timeline.Words;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A life for a terminal: one line first, then what happened, with the times between. */
final class TimelineText {

    /** Of the rest the words of an entry tell already. */
    private static final Set<String> SHOWN =
            Set.of(
                    "candidates",
                    "model",
                    "priority",
                    "prompt tokens",
                    "predicted output tokens",
                    "predicted time to first token",
                    "predicted run",
                    "run",
                    "went ahead of",
                    "left waiting",
                    "output tokens",
                    "time to first token",
                    "time per output token",
                    "end to end",
                    "deadline",
                    "error code",
                    "last change at",
                    "by the worker's clock",
                    "all targets met");

    /** A phase that is shorter is not worth a line. */
    private static final Duration LEAST = Duration.ofMillis(1);

    private static final String INDENT = " ".repeat(13);

    private final RequestTimeline life;
    private final Instant now;
    private final List<String> unread;
    private final StringBuilder text = new StringBuilder();
    private final Set<Instant> seen = new HashSet<>();
    private final Set<TimelinePhase> told = new HashSet<>();

    TimelineText(RequestTimeline life, Instant now, List<String> unread) {
        this.life = life;
        this.now = now;
        this.unread = unread;
    }

    /** The lines, each with its end. Nothing in them can command a terminal. */
    String lines() {
        line(life.headline(now) + ".");
        line("");
        Instant zero = zero();
        line("submitted at " + zero + ", times are from there");
        for (TimelineEntry entry : life.entries()) {
            entry(entry, zero);
        }
        TimelinePhase last = life.phases().isEmpty() ? null : life.phases().get(lastIndex());
        if (last != null && last.to() == null) {
            phase(last);
        }
        notes();
        return text.toString();
    }

    private int lastIndex() {
        return life.phases().size() - 1;
    }

    private Instant zero() {
        TimelineEntry submitted = life.entry(Stage.SUBMITTED);
        return submitted == null ? life.entries().get(0).at() : submitted.at();
    }

    private void entry(TimelineEntry entry, Instant zero) {
        if (!entry.rolledBack()) {
            ended(entry);
            seen.add(entry.at());
        }
        String mark = entry.rolledBack() ? "(rolled back) " : "";
        String attempt = entry.attempt() > 1 ? ", attempt " + entry.attempt() : "";
        line(offset(Duration.between(zero, entry.at())) + "  " + mark + entry.what() + attempt);
        String details =
                entry.details().entrySet().stream()
                        .filter(detail -> SHOWN.contains(detail.getKey()))
                        .map(detail -> detail.getKey() + " " + detail.getValue())
                        .collect(Collectors.joining(", "));
        if (!details.isEmpty()) {
            line(INDENT + details);
        }
    }

    /** A phase is told once, between the entry that begins it and the one that ends it. */
    private void ended(TimelineEntry entry) {
        for (TimelinePhase phase : life.phases()) {
            boolean ends = entry.at().equals(phase.to()) && seen.contains(phase.from());
            if (ends && told.add(phase)) {
                phase(phase);
            }
        }
    }

    private void phase(TimelinePhase phase) {
        Duration length = phase.length(now);
        if (length.compareTo(LEAST) >= 0) {
            line(INDENT + "... " + Words.duration(length) + " " + phase.why());
        }
    }

    private void notes() {
        if (life.repeats() > 0) {
            line("");
            line("%d records said what another had said.".formatted(life.repeats()));
        }
        section("Not known:", life.missing());
        section("Not read:", unread);
    }

    private void section(String title, List<String> items) {
        if (!items.isEmpty()) {
            line("");
            line(title);
            items.forEach(item -> line("  " + item));
        }
    }

    private static String offset(Duration duration) {
        return String.format(Locale.ROOT, "%+11.3f", duration.toMillis() / 1e3);
    }

    private void line(String line) {
        text.append(PlainText.of(line)).append(System.lineSeparator());
    }
}
