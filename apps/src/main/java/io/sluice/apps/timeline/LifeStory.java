package io.sluice.apps.timeline;

import io.sluice.core.model.RequestKey;
import io.sluice.schemas.avro.InferenceRequest;

import org.apache.avro.specific.SpecificRecord;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts the records of one request together. */
final class LifeStory {

    private final RequestKey key;
    private final Map<List<?>, TimelineEntry> told = new LinkedHashMap<>();
    private @Nullable TopicRecord submission;
    private int repeats;

    LifeStory(RequestKey key, Collection<TopicRecord> records) {
        this.key = key;
        records.stream()
                .filter(record -> Subject.of(record.value()).filter(key::equals).isPresent())
                .sorted(
                        Comparator.comparing(LifeStory::weight)
                                .thenComparing(TopicRecord::stamped)
                                .thenComparing(record -> record.origin().offset()))
                .forEach(this::take);
    }

    /** What tells most comes first, so that what tells the same is added to it. */
    private static int weight(TopicRecord record) {
        return switch (record.origin().topic()) {
            case REQUESTS -> 0;
            case DECISIONS -> 1;
            default -> 2;
        };
    }

    private void take(TopicRecord record) {
        Fact fact = RecordFacts.of(record);
        if (fact == null) {
            return;
        }
        TimelineEntry known = told.get(fact.identity());
        if (known == null) {
            told.put(fact.identity(), fact.entry());
            noteSubmission(record);
            return;
        }
        if (known.origins().contains(record.origin())) {
            return;
        }
        repeats += tellsAnew(known, record) ? 0 : 1;
        told.put(fact.identity(), known.with(fact.entry()));
    }

    /** A command follows from a decision, and tells of it from another side. */
    private static boolean tellsAnew(TimelineEntry known, TopicRecord record) {
        return known.origins().stream()
                .noneMatch(origin -> origin.topic() == record.origin().topic());
    }

    private void noteSubmission(TopicRecord record) {
        if (submission == null && record.value() instanceof InferenceRequest) {
            submission = record;
        }
    }

    RequestTimeline tell(Collection<LaneDispatch> sent) {
        List<TimelineEntry> all = List.copyOf(told.values());
        RolledBack rolledBack = new RolledBack(all);
        List<TimelineEntry> marked = new ArrayList<>();
        all.forEach(entry -> marked.add(resubmitted(rolledBack.mark(entry))));
        sort(marked);
        List<TimelinePhase> phases = Phases.of(marked, overtaking(sent));
        return new RequestTimeline(key, marked, phases, Missing.of(marked), repeats);
    }

    /** Only the first submission counts. */
    private TimelineEntry resubmitted(TimelineEntry entry) {
        boolean again =
                entry.stage() == Stage.SUBMITTED
                        && submission != null
                        && !entry.origins().contains(submission.origin());
        return again ? entry.saying("submitted again: the router drops a repeat") : entry;
    }

    /** A worker has a run after it was sent, and whatever follows a submission is after it. */
    private static void sort(List<TimelineEntry> entries) {
        Map<Integer, Instant> sentAt = new HashMap<>();
        Instant first = Instant.MAX;
        for (TimelineEntry entry : entries) {
            if (entry.event().equals("DISPATCH") && !entry.rolledBack()) {
                sentAt.merge(entry.attempt(), entry.at(), LifeStory::earlier);
            }
            if (entry.stage() == Stage.SUBMITTED) {
                first = earlier(first, entry.at());
            }
        }
        Instant submitted = first.equals(Instant.MAX) ? Instant.MIN : first;
        entries.sort(
                Comparator.comparing((TimelineEntry entry) -> after(entry, sentAt, submitted))
                        .thenComparing(TimelineEntry::stage)
                        .thenComparing(TimelineEntry::attempt));
    }

    private static Instant after(
            TimelineEntry entry, Map<Integer, Instant> sentAt, Instant submitted) {
        Instant sent = sentAt.getOrDefault(entry.attempt(), submitted);
        boolean ofRun = entry.stage() == Stage.RUN && sent.isAfter(submitted);
        Instant cause = ofRun ? sent : submitted;
        boolean free = entry.stage() == Stage.ORDER || !entry.at().isBefore(cause);
        return free ? entry.at() : cause;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private Overtaking overtaking(Collection<LaneDispatch> sent) {
        TopicRecord first = submission;
        SpecificRecord value = first == null ? null : first.value();
        int priority = value instanceof InferenceRequest request ? request.getPriority() : 0;
        return new Overtaking(key, first == null ? null : first.stamped(), priority, sent);
    }
}
