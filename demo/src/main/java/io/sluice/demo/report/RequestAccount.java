package io.sluice.demo.report;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of the requests.
 *
 * @param submitted distinct requests, by tenant and id, that can be decoded on the requests topic
 * @param outcomes requests by the name of their (first) outcome
 * @param missing submitted requests without an outcome
 * @param duplicate outcomes that differ from an earlier one of the same request
 * @param reemitted outcomes written again, equal byte for byte
 * @param unexpected outcomes of requests that nobody submitted
 * @param resubmitted requests that were there already when they were submitted once more
 */
public record RequestAccount(
        long submitted,
        SortedMap<String, Long> outcomes,
        long missing,
        long duplicate,
        long reemitted,
        long unexpected,
        long resubmitted) {

    /** Copies the map. */
    public RequestAccount {
        outcomes = Collections.unmodifiableSortedMap(new TreeMap<>(outcomes));
    }

    /** All requests with an outcome. */
    public long settled() {
        return outcomes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether every request has exactly one outcome, and nothing else has one. */
    public boolean adds() {
        return settled() == submitted && missing == 0 && duplicate == 0 && unexpected == 0;
    }
}
