package io.sluice.core.kernel;

import io.sluice.core.kernel.LaneEffect.Behind;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.PriorityBand;
import io.sluice.core.model.RequestKey;
import io.sluice.core.policy.KeyedOrder;
import io.sluice.core.policy.LanePolicies;
import io.sluice.core.policy.OrderMemory;
import io.sluice.core.policy.OrderingPolicy;
import io.sluice.core.policy.QueueOrder;
import io.sluice.core.policy.QueuedRequest;
import io.sluice.core.policy.Standing;
import io.sluice.core.prediction.ServiceModel;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A lane's waiting requests: an index over the {@link PendingStore}, never stored, rebuilt from it
 * and from what the order remembers. That is why a change of policy needs no state migration.
 */
final class LaneQueue {

    private static final Comparator<QueuedRequest> BY_EXPIRY =
            (a, b) -> {
                int order = Long.compare(a.expiresAtMillis(), b.expiresAtMillis());
                return order == 0 ? a.key().compareTo(b.key()) : order;
            };

    private static final Comparator<QueuedRequest> BY_TOKENS =
            (a, b) -> {
                int order = Long.compare(a.tokens(), b.tokens());
                return order == 0 ? a.key().compareTo(b.key()) : order;
            };

    private static final Comparator<QueuedRequest> BY_AGE =
            (a, b) -> {
                int order = Long.compare(a.place().arrivalMillis(), b.place().arrivalMillis());
                return order == 0 ? a.key().compareTo(b.key()) : order;
            };

    /** When the place of a request changes by itself. */
    private record Change(long millis, RequestKey key) {}

    private final OrderingPolicy ordering;
    private final QueueOrder order;
    private final boolean tellsAge;
    private final TreeSet<QueuedRequest> byAge = new TreeSet<>(BY_AGE);
    private final TreeSet<QueuedRequest> byExpiry = new TreeSet<>(BY_EXPIRY);
    private final TreeSet<QueuedRequest> byTokens = new TreeSet<>(BY_TOKENS);
    private final TreeSet<Change> changes =
            new TreeSet<>(Comparator.comparingLong(Change::millis).thenComparing(Change::key));
    private final Map<RequestKey, QueuedRequest> byKey = new HashMap<>();
    private final Map<RequestKey, Change> changeOf = new HashMap<>();
    private final int[] bandRequests = new int[PriorityBand.values().length];
    private final long[] bandTokens = new long[PriorityBand.values().length];
    private final Map<String, Integer> tenantRequests = new HashMap<>();
    private long asOfMillis;

    LaneQueue(LanePolicies policies, OrderMemory memory) {
        this.ordering = policies.ordering();
        this.order = policies.newOrder(memory);
        this.tellsAge = policies.batching().runsGroups();
    }

    /** What keeps the order; to be told of runs. */
    QueueOrder order() {
        return order;
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

    int requests(String tenant) {
        return tenantRequests.getOrDefault(tenant, 0);
    }

    long tokens(PriorityBand band) {
        return bandTokens[band.rank()];
    }

    long tokens() {
        long sum = 0;
        for (long tokens : bandTokens) {
            sum += tokens;
        }
        return sum;
    }

    void add(PendingRequest request, ServiceModel service) {
        Standing standing = Standing.waiting(request, asOfMillis, service);
        QueuedRequest queued = queued(standing);
        if (byKey.put(queued.key(), queued) != null) {
            throw new IllegalStateException("request %s waits twice".formatted(queued.key()));
        }
        order.add(queued, request);
        byTokens.add(queued);
        if (tellsAge) {
            byAge.add(queued);
        }
        if (queued.expiresAtMillis() != PendingRequest.NEVER) {
            byExpiry.add(queued);
        }
        expectChange(queued.key(), ordering.changesAtMillis(standing));
        bandRequests[queued.band().rank()]++;
        tenantRequests.merge(queued.key().tenant(), 1, Integer::sum);
        bandTokens[queued.band().rank()] += queued.tokens();
    }

    /**
     * Gives a request that waits the place of its new description. If that is the old one, the
     * order is left alone: most orders do not look at what can change while a request waits.
     */
    void replace(PendingRequest request, ServiceModel service) {
        Standing standing = Standing.waiting(request, asOfMillis, service);
        Change change = changeOf.get(request.key());
        long changesAt = change == null ? PendingRequest.NEVER : change.millis();
        if (!queued(standing).equals(byKey.get(request.key()))
                || ordering.changesAtMillis(standing) != changesAt) {
            remove(request.key());
            add(request, service);
        }
    }

    private QueuedRequest queued(Standing standing) {
        PendingRequest request = standing.request();
        return new QueuedRequest(
                ordering.keyOf(standing),
                request.expiresAtMillis(),
                request.reservedTokens(),
                request.longestTokens(),
                request.presentTokens(),
                standing.service().serviceMillis(request),
                PriorityBand.of(request.priority()));
    }

    private void expectChange(RequestKey key, long millis) {
        if (millis != PendingRequest.NEVER) {
            Change change = new Change(millis, key);
            changes.add(change);
            changeOf.put(key, change);
        }
    }

    boolean remove(RequestKey key) {
        QueuedRequest queued = byKey.remove(key);
        if (queued == null) {
            return false;
        }
        order.remove(queued);
        byTokens.remove(queued);
        byAge.remove(queued);
        byExpiry.remove(queued);
        Change change = changeOf.remove(key);
        if (change != null) {
            changes.remove(change);
        }
        bandRequests[queued.band().rank()]--;
        tenantRequests.computeIfPresent(
                queued.key().tenant(), (tenant, requests) -> requests == 1 ? null : requests - 1);
        bandTokens[queued.band().rank()] -= queued.tokens();
        return true;
    }

    void clear() {
        inOrder().forEach(this::remove);
    }

    /**
     * Lets time pass for the order.
     *
     * @return requests whose place has changed since; to be removed and added again
     */
    List<RequestKey> passTo(long nowMillis) {
        asOfMillis = nowMillis;
        order.timeIs(nowMillis);
        if (nextChangeMillis() > nowMillis) {
            return List.of();
        }
        List<RequestKey> changed = new ArrayList<>();
        for (Change change : changes) {
            if (change.millis() > nowMillis) {
                break;
            }
            changed.add(change.key());
        }
        return changed;
    }

    /** When some request's place changes by itself, or {@link PendingRequest#NEVER}. */
    long nextChangeMillis() {
        return changes.isEmpty() ? PendingRequest.NEVER : changes.first().millis();
    }

    /** Whether the walk goes by the requests' own keys. */
    boolean isInKeyOrder() {
        return order instanceof KeyedOrder;
    }

    /** A copy of the waiting keys, in order. */
    List<RequestKey> inOrder() {
        List<RequestKey> keys = new ArrayList<>(size());
        walk().forEachRemaining(queued -> keys.add(queued.key()));
        return keys;
    }

    /** The waiting requests in order; not to be changed while it is walked. */
    Iterator<QueuedRequest> walk() {
        return order.walk();
    }

    @Nullable QueuedRequest head() {
        Iterator<QueuedRequest> walk = walk();
        return walk.hasNext() ? walk.next() : null;
    }

    /** The request that leaves next for want of time, or null. */
    @Nullable QueuedRequest nextToExpire() {
        return byExpiry.isEmpty() ? null : byExpiry.first();
    }

    /**
     * The first request in order that passes the test, or null. Costs a walk through the queue up
     * to it, but nothing when not even the smallest can fit.
     *
     * @param fits whether some instance can take it now
     * @param mostFreeTokens no request that expects more tokens than this can pass
     */
    @Nullable QueuedRequest firstThatFits(Predicate<QueuedRequest> fits, long mostFreeTokens) {
        if (isEmpty() || leastTokens() > mostFreeTokens) {
            return null;
        }
        for (Iterator<QueuedRequest> walk = walk(); walk.hasNext(); ) {
            QueuedRequest queued = walk.next();
            if (fits.test(queued)) {
                return queued;
            }
        }
        return null;
    }

    /** What waits, none of it to go before so many KV tokens are free. */
    Behind behind(long nextTokens) {
        return isEmpty() ? Behind.NOTHING : new Behind(size(), nextTokens);
    }

    /** Tokens of the smallest waiting request; 0 if none waits. */
    long leastTokens() {
        return byTokens.isEmpty() ? 0 : byTokens.first().tokens();
    }

    /**
     * When the request was submitted that has waited longest, or {@link PendingRequest#NEVER}. Kept
     * only where groups are formed.
     */
    long oldestMillis() {
        return byAge.isEmpty() ? PendingRequest.NEVER : byAge.first().place().arrivalMillis();
    }

    /** How many requests stand before this one. */
    int position(RequestKey key) {
        QueuedRequest queued = byKey.get(key);
        return queued == null ? 0 : order.position(queued);
    }
}
