package io.sluice.apps.timeline;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The life of a request in one sentence: how it ended or stands, and what it waited for. */
final class Headline {

    /** A part of a wait that is shorter than this share of it explains nothing. */
    private static final double LEAST_SHARE = 0.1;

    private final RequestTimeline life;
    private final Instant now;

    Headline(RequestTimeline life, Instant now) {
        this.life = life;
        this.now = now;
    }

    String text() {
        String name = "request " + life.key().requestId() + " of " + life.key().tenant();
        TimelineEntry first = life.entry(Stage.SUBMITTED);
        TimelineEntry end = life.end();
        if (end != null) {
            String how = end.stage() == Stage.OUTCOME ? end.event() : closing(end);
            return name + ": " + how + after(first, end) + reason(end) + waited();
        }
        TimelinePhase last = life.lastPhase();
        if (last == null) {
            return name + ": " + (first == null ? "not known" : "submitted, not read yet");
        }
        return name + ": " + standing(last) + waited();
    }

    private String standing(TimelinePhase phase) {
        String since = " for " + Words.duration(phase.length(now));
        return switch (phase.kind()) {
            case ROUTING -> "not read by the scheduler" + since;
            case GATE, NO_INSTANCE -> phase.why() + ", now" + since;
            case QUEUE -> "waiting in the lane of " + phase.instanceId() + since;
            case DELIVERY -> "sent to " + phase.instanceId() + ", not accepted" + since;
            case PREFILL -> "at " + phase.instanceId() + ", without a token" + since;
            case DECODE -> "generating at " + phase.instanceId() + since;
            case REROUTING -> "waiting to be given to a lane again" + since;
            case COMMIT -> "ended, not committed" + since;
        };
    }

    private String after(@Nullable TimelineEntry first, TimelineEntry end) {
        Duration took = first == null ? null : Duration.between(first.at(), end.at());
        return took == null || took.isNegative()
                ? ""
                : " " + Words.duration(took) + " after its submission";
    }

    /** A decision that closes names the outcome before its reason. */
    private static String closing(TimelineEntry end) {
        int words = end.what().indexOf(": ");
        return words < 0 ? end.what() : end.what().substring(0, words);
    }

    private static String reason(TimelineEntry end) {
        int words = end.what().indexOf(": ");
        return words < 0 || end.event().equals("Completed") ? "" : end.what().substring(words);
    }

    private String waited() {
        List<TimelinePhase> waits =
                life.phases().stream().filter(phase -> phase.kind().isWait()).toList();
        Duration total =
                waits.stream()
                        .map(phase -> phase.length(now))
                        .reduce(Duration.ZERO, Duration::plus);
        if (total.isZero()) {
            return "";
        }
        String parts =
                waits.stream()
                        .filter(phase -> share(phase, total) >= LEAST_SHARE)
                        .sorted(Comparator.comparing((TimelinePhase p) -> p.length(now)).reversed())
                        .limit(3)
                        .map(phase -> Words.duration(phase.length(now)) + " " + phase.why())
                        .collect(Collectors.joining("; "));
        return ". It waited " + Words.duration(total) + ": " + parts;
    }

    private double share(TimelinePhase phase, Duration total) {
        return phase.length(now).toNanos() / (double) total.toNanos();
    }
}
