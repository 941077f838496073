package io.sluice.apps.timeline;

import io.sluice.schemas.Topic;

import java.util.ArrayList;
import java.util.List;

/** What the records do not tell, and why that may be. */
final class Missing {

    private Missing() {}

    static List<String> of(List<TimelineEntry> entries) {
        List<String> missing = new ArrayList<>();
        if (entries.isEmpty()) {
            return List.of();
        }
        if (!has(entries, Stage.SUBMITTED)) {
            missing.add("its submission: no longer on the topic of requests, or never there");
        }
        if (entries.stream().noneMatch(Missing::isDecided)) {
            missing.add(
                    "decisions about it: no longer on their topic, left out by"
                            + " sluice.scheduler.decision-sampling, or none taken yet");
        }
        boolean completed = entries.stream().anyMatch(e -> e.event().equals("Completed"));
        if (completed && !has(entries, Stage.RUN)) {
            missing.add("what its worker reported: no longer on the topic of worker events");
        }
        if (!has(entries, Stage.OUTCOME)) {
            missing.add(
                    ended(entries)
                            ? "its outcome: not committed yet, or no longer on its topic"
                            : "its outcome: it has not ended, or its topic does not reach back");
        }
        return missing;
    }

    private static boolean has(List<TimelineEntry> entries, Stage stage) {
        return entries.stream().anyMatch(entry -> entry.stage() == stage);
    }

    private static boolean ended(List<TimelineEntry> entries) {
        return entries.stream().anyMatch(e -> e.stage() == Stage.END && !e.rolledBack());
    }

    private static boolean isDecided(TimelineEntry entry) {
        return entry.origins().stream().anyMatch(origin -> origin.topic() == Topic.DECISIONS);
    }
}
