package io.sluice.demo.view;

import io.sluice.core.model.PriorityBand;
import io.sluice.core.model.RequestKey;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * Where each request of a run is. Topics are read side by side, so what belongs together may come
 * in any order; an outcome may be seen before its request. A request only ever settles once, and
 * nothing moves it after.
 */
final class RequestTrack {

    /** Where a request can be. */
    enum Phase {
        /** Waits for an instance or in its lane. */
        QUEUED,
        /** A worker has it. */
        IN_FLIGHT,
        /** It ran to its end, and its outcome is not visible yet. */
        FINISHED,
        /** Its outcome is visible. */
        SETTLED
    }

    /** The band is null until the request itself has been seen. */
    private record Place(@Nullable PriorityBand band, Phase phase) {}

    private final Map<RequestKey, Place> places = new HashMap<>();
    private final Map<Phase, Map<PriorityBand, Integer>> counts = new EnumMap<>(Phase.class);

    RequestTrack() {
        for (Phase phase : Phase.values()) {
            counts.put(phase, new EnumMap<>(PriorityBand.class));
        }
    }

    /** A request was submitted; its second submission changes nothing. */
    void submitted(RequestKey key, PriorityBand band) {
        Place before = places.get(key);
        if (before == null) {
            put(key, null, new Place(band, Phase.QUEUED));
        } else if (before.band() == null) {
            put(key, before, new Place(band, before.phase()));
        }
    }

    /**
     * A request is somewhere now.
     *
     * @return whether that is news: false if it had settled before
     */
    boolean moved(RequestKey key, Phase phase) {
        Place before = places.get(key);
        if (before != null && before.phase() == Phase.SETTLED) {
            return false;
        }
        put(key, before, new Place(before == null ? null : before.band(), phase));
        return true;
    }

    private void put(RequestKey key, @Nullable Place before, Place after) {
        places.put(key, after);
        if (before != null) {
            count(before, -1);
        }
        count(after, 1);
    }

    private void count(Place place, int change) {
        if (place.band() != null) {
            counts.get(place.phase()).merge(place.band(), change, Integer::sum);
        }
    }

    /** Requests in a phase, by class. */
    Map<PriorityBand, Integer> in(Phase phase) {
        return counts.get(phase);
    }

    /** Requests in a phase. */
    int size(Phase phase) {
        return in(phase).values().stream().mapToInt(Integer::intValue).sum();
    }
}
