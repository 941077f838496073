package io.sluice.core.kernel;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.PriorityBand;
import io.sluice.core.model.RequestKey;
import io.sluice.core.policy.OrderingPolicy;
import io.sluice.core.policy.SortKey;
import io.sluice.core.prediction.ServiceModel;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The order of a lane's waiting requests: an index over the {@link PendingStore}, never stored,
 * rebuilt from it. That is why a change of policy needs no state migration.
 */
final class LaneQueue {

    /**
     * A waiting request, as far as order, expiry and limits need it.
     *
     * @param place its place
     * @param expiresAtMillis when it must leave
     * @param tokens prompt plus expected output
     * @param longestTokens prompt plus the most output it asks for
     * @param presentTokens prompt, output so far and the next token: what it needs to run on
     * @param band its priority band
     */
    record Waiting(
            SortKey place,
            long expiresAtMillis,
            long tokens,
            long longestTokens,
            long presentTokens,
            PriorityBand band) {
        RequestKey key() {
            return place.key();
        }
    }

    private static final Comparator<Waiting> BY_EXPIRY =
            Comparator.comparingLong(Waiting::expiresAtMillis).thenComparing(Waiting::key);

    private static final Comparator<Waiting> BY_TOKENS =
            Comparator.comparingLong(Waiting::tokens).thenComparing(Waiting::key);

    private final OrderingPolicy ordering;
    private final TreeSet<Waiting> byPlace = new TreeSet<>(Comparator.comparing(Waiting::place));
    private final TreeSet<Waiting> byExpiry = new TreeSet<>(BY_EXPIRY);
    private final TreeSet<Waiting> byTokens = new TreeSet<>(BY_TOKENS);
    private final Map<RequestKey, Waiting> byKey = new HashMap<>();
    private final int[] bandRequests = new int[PriorityBand.values().length];
    private final long[] bandTokens = new long[PriorityBand.values().length];

    LaneQueue(OrderingPolicy ordering) {
        this.ordering = ordering;
    }

    int size() {
        return byKey.size();
    }

    boolean isEmpty() {
        return byKey.isEmpty();
    }

    boolean contains(RequestKey key) {
        return byKey.containsKey(key);
    }

    int requests(PriorityBand band) {
        return bandRequests[band.rank()];
    }

    long tokens(PriorityBand band) {
        return bandTokens[band.rank()];
    }

    long tokens() {
        return Arrays.stream(bandTokens).sum();
    }

    void add(PendingRequest request, ServiceModel service) {
        Waiting waiting =
                new Waiting(
                        ordering.keyOf(request, service),
                        request.expiresAtMillis(),
                        request.reservedTokens(),
                        request.longestTokens(),
                        request.presentTokens(),
                        PriorityBand.of(request.priority()));
        if (byKey.put(waiting.key(), waiting) != null) {
            throw new IllegalStateException("request %s waits twice".formatted(waiting.key()));
        }
        byPlace.add(waiting);
        byTokens.add(waiting);
        if (waiting.expiresAtMillis() != PendingRequest.NEVER) {
            byExpiry.add(waiting);
        }
        bandRequests[waiting.band().rank()]++;
        bandTokens[waiting.band().rank()] += waiting.tokens();
    }

    boolean remove(RequestKey key) {
        Waiting waiting = byKey.remove(key);
        if (waiting == null) {
            return false;
        }
        byPlace.remove(waiting);
        byTokens.remove(waiting);
        byExpiry.remove(waiting);
        bandRequests[waiting.band().rank()]--;
        bandTokens[waiting.band().rank()] -= waiting.tokens();
        return true;
    }

    void clear() {
        byPlace.clear();
        byTokens.clear();
        byExpiry.clear();
        byKey.clear();
        Arrays.fill(bandRequests, 0);
        Arrays.fill(bandTokens, 0);
    }

    /** A copy of the waiting keys, in order. */
    List<RequestKey> inOrder() {
        List<RequestKey> keys = new ArrayList<>(byPlace.size());
        byPlace.forEach(waiting -> keys.add(waiting.key()));
        return keys;
    }

    /** The waiting requests in order; not to be changed while it is walked. */
    Iterator<Waiting> walk() {
        return byPlace.iterator();
    }

    /** What a request's place would be; for one that runs, to compare it with those that wait. */
    SortKey placeOf(PendingRequest request, ServiceModel service) {
        return ordering.keyOf(request, service);
    }

    @Nullable Waiting head() {
        return byPlace.isEmpty() ? null : byPlace.first();
    }

    /** The request that leaves next for want of time, or null. */
    @Nullable Waiting nextToExpire() {
        return byExpiry.isEmpty() ? null : byExpiry.first();
    }

    /**
     * The first request in order that passes the test, or null. Costs a walk through the queue up
     * to it, but nothing when not even the smallest can fit.
     *
     * @param fits whether some instance can take it now
     * @param mostFreeTokens no request that expects more tokens than this can pass
     */
    @Nullable Waiting firstThatFits(Predicate<Waiting> fits, long mostFreeTokens) {
        if (byPlace.isEmpty() || leastTokens() > mostFreeTokens) {
            return null;
        }
        for (Waiting waiting : byPlace) {
            if (fits.test(waiting)) {
                return waiting;
            }
        }
        return null;
    }

    /** Tokens of the smallest waiting request; 0 if none waits. */
    long leastTokens() {
        return byTokens.isEmpty() ? 0 : byTokens.first().tokens();
    }

    /** How many requests stand before this one. */
    int position(RequestKey key) {
        Waiting waiting = byKey.get(key);
        return waiting == null || waiting.equals(head()) ? 0 : byPlace.headSet(waiting).size();
    }
}
