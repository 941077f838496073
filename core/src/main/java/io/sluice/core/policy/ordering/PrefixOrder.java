package io.sluice.core.policy.ordering;

import io.sluice.core.model.BlockHashes;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.RequestKey;
import io.sluice.core.policy.KeyedOrder;
import io.sluice.core.policy.OrderMemory;
import io.sluice.core.policy.QueueOrder;
import io.sluice.core.policy.QueuedRequest;
import io.sluice.core.prefix.PrefixTree;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * The queue of an order by shared prefix. The one that goes next is chosen; should it not fit, the
 * others follow by age. It remembers how many were sent, and what they left in the cache.
 */
final class PrefixOrder implements QueueOrder {

    private static final String STEP = "prefix.step";

    private final PrefixSettings settings;
    private final KeyedOrder byAge = new KeyedOrder();
    private final HashOrdered byHash = new HashOrdered();
    private final PrefixTree tree = new PrefixTree();
    private final Map<RequestKey, BlockHashes> hashes = new HashMap<>();
    private long step;
    private @Nullable OrderMemory remembered;

    PrefixOrder(PrefixSettings settings, OrderMemory memory) {
        this.settings = settings;
        this.step = memory.values().getOrDefault(STEP, 0.0).longValue();
        tree.restore(memory.numbers());
        if (settings.cacheTokens() != PrefixSettings.OF_INSTANCE) {
            tree.capacity(settings.cacheTokens());
        }
    }

    @Override
    public void add(QueuedRequest queued, PendingRequest request) {
        byAge.add(queued, request);
        if (settings.randomTies()) {
            byHash.add(queued);
        }
        BlockHashes prompt = request.passengers().hashes();
        if (prompt.hashes().length > 0) {
            hashes.put(queued.key(), prompt);
            tree.add(queued, prompt);
        }
    }

    @Override
    public void remove(QueuedRequest queued) {
        byAge.remove(queued);
        if (settings.randomTies()) {
            byHash.remove(queued);
        }
        BlockHashes prompt = hashes.remove(queued.key());
        if (prompt != null) {
            tree.remove(queued, prompt);
        }
    }

    @Override
    public Iterator<QueuedRequest> walk() {
        Iterator<QueuedRequest> aged = byAge.walk();
        return aged.hasNext() ? new ChosenThenAged(choose(aged.next()), byAge.walk()) : aged;
    }

    private QueuedRequest choose(QueuedRequest oldest) {
        if (settings.period() != PrefixSettings.NEVER && step % settings.period() == 0) {
            return oldest;
        }
        QueuedRequest best = tree.best();
        QueuedRequest chosen = best == null ? tie(oldest) : best;
        double ahead = (double) arrival(chosen) - arrival(oldest);
        return ahead > settings.maxOvertakeMillis() ? oldest : chosen;
    }

    private QueuedRequest tie(QueuedRequest oldest) {
        if (!settings.randomTies()) {
            return oldest;
        }
        long drawn = HashOrdered.mix(HashOrdered.mix(settings.seed()) ^ step);
        return byHash.get((int) Long.remainderUnsigned(drawn, byHash.size()));
    }

    private static long arrival(QueuedRequest queued) {
        return queued.place().arrivalMillis();
    }

    @Override
    public void sent(PendingRequest request) {
        step++;
        tree.cache(request.passengers().hashes());
        remembered = null;
    }

    @Override
    public void cacheHolds(long tokens) {
        if (settings.cacheTokens() == PrefixSettings.OF_INSTANCE) {
            tree.capacity(tokens);
        }
    }

    @Override
    public void cacheLost() {
        tree.clearCache();
        remembered = null;
    }

    @Override
    public OrderMemory memory() {
        OrderMemory memory = remembered;
        if (memory == null) {
            memory = new OrderMemory(Map.of(STEP, (double) step), tree.cached());
            remembered = memory;
        }
        return memory;
    }

    /** One first, then all others in order. */
    private static final class ChosenThenAged implements Iterator<QueuedRequest> {

        private final QueuedRequest chosen;
        private final Iterator<QueuedRequest> aged;
        private @Nullable QueuedRequest next;

        ChosenThenAged(QueuedRequest chosen, Iterator<QueuedRequest> aged) {
            this.chosen = chosen;
            this.aged = aged;
            this.next = chosen;
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public QueuedRequest next() {
            QueuedRequest given = next;
            if (given == null) {
                throw new NoSuchElementException("all waiting requests were seen");
            }
            next = following();
            return given;
        }

        private @Nullable QueuedRequest following() {
            while (aged.hasNext()) {
                QueuedRequest other = aged.next();
                if (!other.equals(chosen)) {
                    return other;
                }
            }
            return null;
        }
    }
}
