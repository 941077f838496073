package io.sluice.audit;

import io.sluice.audit.Finding.Promise;

import org.apache.avro.generic.GenericRecord;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Every request that was submitted, and how each ended. A record that is there twice, byte for
 * byte, was written again after a restore, which is promised; two that differ are two outcomes. An
 * id that is used again after the dedup window looks like a repeated submission here, so this is
 * for logs in which that does not happen.
 */
final class OutcomeAccount implements Check {

    private static final Set<String> READ_BY_THE_JOB =
            Set.of("requests", "control", "worker-events", "handbacks");

    private final boolean allEnded;
    private final Map<RequestId, Set<GenericRecord>> outcomes = new LinkedHashMap<>();
    private final Map<String, Long> kinds = new TreeMap<>();
    private final Set<Place> unreadable = new HashSet<>();
    private final Set<Place> deadLetters = new HashSet<>();
    private final Map<Place, RequestId> places = new LinkedHashMap<>();
    private long writtenAgain;

    /**
     * Nothing has been read.
     *
     * @param allEnded whether everything is over, so that what has no outcome will never have one
     */
    OutcomeAccount(boolean allEnded) {
        this.allEnded = allEnded;
    }

    @Override
    public void read(LogEntry entry) {
        GenericRecord value = entry.value();
        if (value == null) {
            if (READ_BY_THE_JOB.contains(entry.topic())) {
                unreadable.add(entry.place());
            }
            return;
        }
        switch (entry.topic()) {
            case "requests" -> places.put(entry.place(), RequestId.of(value));
            case "outcomes" -> outcome(value);
            case "dead-letters" -> deadLetter(value);
            default -> {
                // Of no request's beginning or end.
            }
        }
    }

    private void outcome(GenericRecord value) {
        Set<GenericRecord> all =
                outcomes.computeIfAbsent(RequestId.of(value), none -> new HashSet<>());
        if (!all.add(value)) {
            writtenAgain++;
        } else if (all.size() == 1) {
            kinds.merge(Fields.text(value, "outcome"), 1L, Long::sum);
        }
    }

    private void deadLetter(GenericRecord value) {
        deadLetters.add(
                new Place(
                        AuditedTopics.withoutPrefix(Fields.text(value, "topic")),
                        (int) Fields.number(value, "partition"),
                        Fields.number(value, "offset")));
    }

    @Override
    public List<Finding> findings() {
        Map<RequestId, Place> submitted = submitted();
        List<Finding> findings = new ArrayList<>();
        submitted.forEach(
                (request, place) -> {
                    if (allEnded && !outcomes.containsKey(request)) {
                        findings.add(
                                new Finding(
                                        Promise.NOTHING_LOST,
                                        "%s, submitted at %s, has no outcome"
                                                .formatted(request, place)));
                    }
                });
        outcomes.forEach(
                (request, all) -> judge(request, all, submitted.containsKey(request), findings));
        for (Place place : unreadable) {
            if (!deadLetters.contains(place)) {
                findings.add(
                        new Finding(
                                Promise.NOTHING_DROPPED,
                                "the record at %s cannot be read, and is no dead letter"
                                        .formatted(place)));
            }
        }
        return findings;
    }

    /**
     * Where each was first submitted. What is a dead letter, for its long id, say, submits none.
     */
    private Map<RequestId, Place> submitted() {
        Map<RequestId, Place> submitted = new LinkedHashMap<>();
        places.forEach(
                (place, request) -> {
                    if (!deadLetters.contains(place)) {
                        submitted.putIfAbsent(request, place);
                    }
                });
        return submitted;
    }

    private void judge(
            RequestId request, Set<GenericRecord> all, boolean submitted, List<Finding> findings) {
        if (all.size() > 1) {
            findings.add(
                    new Finding(
                            Promise.ONE_OUTCOME,
                            "%s has %d outcomes: %s".formatted(request, all.size(), words(all))));
        }
        if (!submitted) {
            findings.add(
                    new Finding(
                            Promise.NO_OUTCOME_OF_NOTHING,
                            "%s was never submitted, and ended as %s"
                                    .formatted(request, words(all))));
        }
    }

    private static List<String> words(Set<GenericRecord> all) {
        return all.stream()
                .map(
                        one ->
                                "%s of attempt %d on %s"
                                        .formatted(
                                                Fields.text(one, "outcome"),
                                                Fields.number(one, "attempt"),
                                                Fields.text(one, "instance_id")))
                .sorted()
                .toList();
    }

    /** Figures of the account. */
    OutcomeFigures figures() {
        Set<RequestId> submitted = submitted().keySet();
        long submissions =
                places.keySet().stream().filter(place -> !deadLetters.contains(place)).count();
        long open = submitted.stream().filter(id -> !outcomes.containsKey(id)).count();
        return new OutcomeFigures(
                submitted.size(),
                submissions - submitted.size(),
                kinds,
                writtenAgain,
                open,
                deadLetters.size());
    }
}
