package io.sluice.apps.timeline;

import io.sluice.core.model.RequestKey;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * The life of one request, made of the records that tell of it. What a record says twice is told
 * once; what a job attempt decided that was rolled back is told and marked.
 *
 * @param key the request
 * @param entries what happened, in the order of time as far as clocks agree
 * @param phases what it was in from when to when, in that order
 * @param missing what the records do not tell, and why that may be, in words
 * @param repeats records that said again what another had said
 */
public record RequestTimeline(
        RequestKey key,
        List<TimelineEntry> entries,
        List<TimelinePhase> phases,
        List<String> missing,
        int repeats) {

    /** Copies the lists. */
    public RequestTimeline {
        entries = List.copyOf(entries);
        phases = List.copyOf(phases);
        missing = List.copyOf(missing);
    }

    /**
     * Makes a life of records.
     *
     * @param key the request; records of others of the same id are passed over
     * @param records records of any of the topics, in any order, some perhaps repeatedly
     * @param sent what the lanes concerned sent at the time; may be empty, then nobody is said to
     *     have gone before it
     */
    public static RequestTimeline of(
            RequestKey key, Collection<TopicRecord> records, Collection<LaneDispatch> sent) {
        return new LifeStory(key, records).tell(sent);
    }

    /**
     * The life in one sentence, without a full stop: how it ended or stands, and what it waited
     * for.
     *
     * @param now what time it is, for what lasts
     */
    public String headline(Instant now) {
        return new Headline(this, now).text();
    }

    /** Whether anything at all is known of the request. */
    public boolean isKnown() {
        return !entries.isEmpty();
    }

    /** What has closed the request: its outcome, or the decision while that is not committed. */
    public @Nullable TimelineEntry end() {
        TimelineEntry committed = entry(Stage.OUTCOME);
        return committed == null ? entry(Stage.END) : committed;
    }

    /** The first entry of a stage that was not rolled back, or null. */
    public @Nullable TimelineEntry entry(Stage stage) {
        return entries.stream()
                .filter(entry -> entry.stage() == stage && !entry.rolledBack())
                .findFirst()
                .orElse(null);
    }

    @Nullable TimelinePhase lastPhase() {
        return phases.isEmpty() ? null : phases.get(phases.size() - 1);
    }
}
