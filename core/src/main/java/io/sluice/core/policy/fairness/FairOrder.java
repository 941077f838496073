package io.sluice.core.policy.fairness;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.PriorityBand;
import io.sluice.core.policy.KeyedOrder;
import io.sluice.core.policy.OrderMemory;
import io.sluice.core.policy.QueueOrder;
import io.sluice.core.policy.QueuedRequest;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** Classes if they count, in each the tenants by their turns, for each its requests by key. */
final class FairOrder implements QueueOrder {

    private final boolean classesFirst;
    private final Turns turns;
    private final List<Map<String, KeyedOrder>> bands = new ArrayList<>();
    private final Map<String, Integer> waiting = new HashMap<>();

    FairOrder(boolean classesFirst, Turns turns) {
        this.classesFirst = classesFirst;
        this.turns = turns;
        int classes = classesFirst ? PriorityBand.values().length : 1;
        for (int band = 0; band < classes; band++) {
            bands.add(new HashMap<>());
        }
    }

    private int band(PriorityBand band) {
        return classesFirst ? band.rank() : 0;
    }

    @Override
    public void joined(PendingRequest request) {
        if (!waiting.containsKey(request.key().tenant())) {
            turns.returned(request.key().tenant());
        }
    }

    @Override
    public void add(QueuedRequest queued, PendingRequest request) {
        int band = band(queued.band());
        String tenant = queued.key().tenant();
        KeyedOrder queue = bands.get(band).computeIfAbsent(tenant, unseen -> new KeyedOrder());
        QueuedRequest before = queue.first();
        if (before == null) {
            turns.enter(band, tenant);
        }
        queue.add(queued, request);
        tellFirst(band, before, queue.first());
        waiting.merge(tenant, 1, Integer::sum);
    }

    @Override
    public void remove(QueuedRequest queued) {
        int band = band(queued.band());
        String tenant = queued.key().tenant();
        KeyedOrder queue = queue(band, tenant);
        QueuedRequest before = queue.first();
        queue.remove(queued);
        if (queue.isEmpty()) {
            bands.get(band).remove(tenant);
            turns.leave(band, tenant);
        }
        tellFirst(band, before, queue.first());
        waiting.computeIfPresent(tenant, (same, count) -> count == 1 ? null : count - 1);
    }

    private void tellFirst(int band, @Nullable QueuedRequest before, @Nullable QueuedRequest now) {
        if (now != null && !now.equals(before)) {
            turns.first(band, now);
        }
    }

    private KeyedOrder queue(int band, String tenant) {
        KeyedOrder queue = bands.get(band).get(tenant);
        if (queue == null) {
            throw new IllegalStateException(
                    "tenant %s waits for nothing in class %d".formatted(tenant, band));
        }
        return queue;
    }

    @Override
    public Iterator<QueuedRequest> walk() {
        return new Walk();
    }

    @Override
    public void sent(PendingRequest request) {
        turns.sent(band(PriorityBand.of(request.priority())), request);
    }

    @Override
    public void ended(PendingRequest request, int outputTokens) {
        turns.ended(request, outputTokens);
    }

    @Override
    public OrderMemory memory() {
        return turns.memory();
    }

    /** Looks at no more classes and tenants than it is asked for. */
    private final class Walk implements Iterator<QueuedRequest> {

        private int nextBand;
        private int band;
        private @Nullable Iterator<String> tenants;
        private @Nullable Iterator<QueuedRequest> requests;

        @Override
        public boolean hasNext() {
            while (requests == null || !requests.hasNext()) {
                if (tenants != null && tenants.hasNext()) {
                    requests = queue(band, tenants.next()).walk();
                } else if (nextBand < bands.size()) {
                    band = nextBand++;
                    tenants = turns.walk(band);
                } else {
                    return false;
                }
            }
            return true;
        }

        @Override
        public QueuedRequest next() {
            if (!hasNext() || requests == null) {
                throw new NoSuchElementException("all waiting requests were seen");
            }
            return requests.next();
        }
    }
}
