package io.sluice.demo.report;

import io.sluice.core.model.PriorityBand;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a run was.
 *
 * @param run what it was asked to do
 * @param requests what became of the requests
 * @param deadLetters records that could not be read
 * @param work what lanes and workers did
 * @param all latency and attainment of all requests
 * @param byPriority the same by priority class; classes without requests are absent
 * @param wallSeconds from the first request's arrival at the broker to the last outcome's
 */
public record RunReport(
        RunDescription run,
        RequestAccount requests,
        long deadLetters,
        WorkFigures work,
        GroupFigures all,
        Map<PriorityBand, GroupFigures> byPriority,
        double wallSeconds) {

    /** Copies the map. */
    public RunReport {
        Map<PriorityBand, GroupFigures> copy = new EnumMap<>(PriorityBand.class);
        copy.putAll(byPriority);
        byPriority = Collections.unmodifiableMap(copy);
    }

    /** What is wrong with the account of the requests, in one line; empty if it adds up. */
    public Optional<String> problem() {
        if (requests.adds()) {
            return Optional.empty();
        }
        return Optional.of(
                "the account does not add up: %d requests submitted, %d with an outcome; %d missing, %d duplicate, %d of no request"
                        .formatted(
                                requests.submitted(),
                                requests.settled(),
                                requests.missing(),
                                requests.duplicate(),
                                requests.unexpected()));
    }
}
