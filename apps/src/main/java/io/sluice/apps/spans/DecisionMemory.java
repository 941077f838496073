package io.sluice.apps.spans;

import io.sluice.core.model.RequestKey;
import io.sluice.schemas.avro.Decision;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was decided of the requests that have not ended yet. Bounded: of the requests beyond that,
 * those heard of first are forgotten, and their spans tell less.
 */
final class DecisionMemory {

    /** Decisions of one request that are kept: a request that is tried more often is odd enough. */
    static final int OF_ONE = 256;

    private final int limit;
    private final Map<RequestKey, Known> requests = new LinkedHashMap<>();
    private long forgotten;

    private record Known(int partition, long firstOffset, List<Decision> decisions) {}

    /** A memory of so many requests. */
    DecisionMemory(int limit) {
        this.limit = limit;
    }

    /** Takes a decision in. */
    void take(Decision decision, int partition, long offset) {
        RequestKey key = new RequestKey(decision.getFairnessId(), decision.getRequestId());
        Known known =
                requests.computeIfAbsent(
                        key, unknown -> new Known(partition, offset, new ArrayList<>()));
        if (known.decisions.size() < OF_ONE) {
            known.decisions.add(decision);
        }
        if (requests.size() > limit) {
            Iterator<Known> oldest = requests.values().iterator();
            oldest.next();
            oldest.remove();
            forgotten++;
        }
    }

    /** What is known of a request. */
    List<Decision> of(RequestKey key) {
        Known known = requests.get(key);
        return known == null ? List.of() : known.decisions;
    }

    /** A request has ended and was told. */
    void drop(RequestKey key) {
        requests.remove(key);
    }

    /** Requests that were forgotten before they ended. */
    long forgotten() {
        return forgotten;
    }

    /**
     * From where the decisions must be read again to know what is known now.
     *
     * @param positions up to where each partition was read
     */
    Map<Integer, Long> neededFrom(Map<Integer, Long> positions) {
        Map<Integer, Long> from = new HashMap<>(positions);
        for (Known known : requests.values()) {
            from.computeIfPresent(known.partition, (p, at) -> Math.min(at, known.firstOffset));
        }
        return from;
    }
}
