package io.sluice.core.kernel;

import io.sluice.core.model.PendingRequest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * A lane of one instance so simple that it is obviously right: a list, searched from end to end for
 * the request that no other should precede. Its look-ahead is one: nothing completes in time.
 */
final class ReferenceScheduler {

    static final class Place {
        PendingRequest request;
        int passes;

        Place(PendingRequest request) {
            this.request = request;
        }
    }

    final List<Place> waiting = new ArrayList<>();
    final List<PendingRequest> running = new ArrayList<>();
    final List<String> dispatched = new ArrayList<>();
    final List<String> released = new ArrayList<>();
    private final ReferencePrefixes prefixes;
    private final ReferenceOrder order;
    private final int places;
    private final long cache;
    private final int maxPasses;
    private long now;
    private long sentAt;
    private long sentMillis;

    ReferenceScheduler(String specification, int places, long cache, int maxPasses) {
        this.prefixes = new ReferencePrefixes(specification, cache);
        this.order = new ReferenceOrder(specification);
        this.places = places;
        this.cache = cache;
        this.maxPasses = maxPasses;
    }

    void arrive(PendingRequest request, long now) {
        if (request.inputTokens() + Math.max(1, request.maxTokens()) > cache) {
            released.add(request.key().requestId() + " REJECTED_TOO_LONG");
        } else {
            waiting.add(new Place(request));
        }
        settle(now);
    }

    void finish(PendingRequest request, long now) {
        running.remove(request);
        released.add(request.key().requestId() + " GIVEN_BACK");
        settle(now);
    }

    void cancel(Place place, long now) {
        waiting.remove(place);
        released.add(place.request.key().requestId() + " CANCELLED");
        settle(now);
    }

    void settle(long millis) {
        now = millis;
        order.timeIs(millis);
        List<Place> late = new ArrayList<>(waiting);
        late.removeIf(place -> place.request.expiresAtMillis() > now);
        late.sort(
                Comparator.<Place>comparingLong(place -> place.request.expiresAtMillis())
                        .thenComparing(place -> place.request.key().requestId()));
        waiting.removeAll(late);
        late.forEach(place -> released.add(place.request.key().requestId() + " EXPIRED"));
        while (dispatchOne()) {
            // One after the other.
        }
    }

    private boolean dispatchOne() {
        Place head = next();
        List<Place> fitting = new ArrayList<>(waiting);
        fitting.removeIf(place -> !fits(place.request));
        Place chosen = fitting.contains(head) ? head : first(fitting);
        if (chosen == null) {
            return false;
        }
        if (chosen != head) {
            if (head.passes == maxPasses) {
                return false;
            }
            head.passes++;
        }
        waiting.remove(chosen);
        running.add(chosen.request);
        sentMillis = (sentAt == now ? sentMillis : 0) + ReferenceOrder.service(chosen.request);
        sentAt = now;
        prefixes.sent(chosen.request);
        dispatched.add(chosen.request.key().requestId());
        return true;
    }

    /** One more than the places; all but one mean run within the cache, before and after. */
    private boolean fits(PendingRequest request) {
        long tokens = tokens(request);
        long out = running.stream().mapToLong(this::tokens).sum();
        return running.size() < places + 1
                && tokens <= free(running.size(), out)
                && 0 <= free(running.size() + 1, out + tokens);
    }

    private long free(int runs, long tokens) {
        double mean = runs == 0 ? 0 : (double) tokens / runs;
        double lookAhead = Math.max(mean, (double) cache / places);
        return cache + (long) Math.floor(lookAhead) - tokens;
    }

    private long tokens(PendingRequest request) {
        return Math.min(cache, request.inputTokens() + request.maxTokens());
    }

    private Place next() {
        if (waiting.isEmpty() || !order.name().endsWith("lpm")) {
            return first(waiting);
        }
        List<PendingRequest> requests = waiting.stream().map(place -> place.request).toList();
        return waiting.get(prefixes.next(requests));
    }

    private Place first(List<Place> places) {
        if (order.name().equals("moore-hodgson")) {
            return planned().stream().filter(places::contains).findFirst().orElse(null);
        }
        Place best = null;
        for (Place place : places) {
            if (best == null || order.precedes(place.request, best.request)) {
                best = place;
            }
        }
        return best;
    }

    /**
     * Of those that are not late already the few that are due first, without the longest of those
     * before one that would be late; then all others.
     */
    private List<Place> planned() {
        List<Place> byDue = new ArrayList<>(waiting);
        byDue.sort(
                Comparator.<Place>comparingDouble(place -> due(place.request))
                        .thenComparing((a, b) -> order.precedes(a.request, b.request) ? -1 : 1));
        List<Place> beyond = new ArrayList<>(byDue);
        beyond.removeIf(place -> isLate(place.request));
        List<Place> inTime = new ArrayList<>();
        List<Place> givenUp = new ArrayList<>();
        for (int planned = 0; planned < order.horizon() && !beyond.isEmpty(); planned++) {
            Place place = beyond.remove(0);
            inTime.add(place);
            if (work(inTime) > due(place.request)) {
                Place longest = lastLike(longest(inTime), inTime);
                inTime.remove(longest);
                givenUp.add(longest);
            }
        }
        byDue.removeAll(inTime);
        byDue.removeAll(beyond);
        inTime.addAll(beyond);
        byDue.stream().filter(givenUp::contains).forEach(inTime::add);
        byDue.removeAll(givenUp);
        inTime.addAll(byDue);
        return inTime;
    }

    private long work(List<Place> places) {
        return (sentAt == now ? sentMillis : 0)
                + places.stream().mapToLong(place -> ReferenceOrder.service(place.request)).sum();
    }

    private static Place longest(List<Place> places) {
        return Collections.max(
                places, Comparator.comparingLong(place -> ReferenceOrder.service(place.request)));
    }

    private boolean isLate(PendingRequest request) {
        return request.deadlineMillis() != PendingRequest.NEVER
                && now + ReferenceOrder.service(request) > request.deadlineMillis();
    }

    private static Place lastLike(Place longest, List<Place> places) {
        Place last = longest;
        for (Place place : places) {
            last =
                    ReferenceOrder.service(place.request) == ReferenceOrder.service(longest.request)
                            ? place
                            : last;
        }
        return last;
    }

    private double due(PendingRequest request) {
        double left =
                request.deadlineMillis() == PendingRequest.NEVER
                        ? Double.POSITIVE_INFINITY
                        : request.deadlineMillis() - now;
        return places * left - (places - 1) * ReferenceOrder.service(request);
    }
}
