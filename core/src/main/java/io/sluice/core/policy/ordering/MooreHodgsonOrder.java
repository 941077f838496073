package io.sluice.core.policy.ordering;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.policy.OrderMemory;
import io.sluice.core.policy.QueueOrder;
import io.sluice.core.policy.QueuedRequest;

import org.jspecify.annotations.Nullable;

import java.util.Iterator;
import java.util.Map;

/**
 * The queue of {@link MooreHodgson}. Planned when it is looked at: O(h log h) for a horizon of h,
 * once for each change of who waits, and for each look at another time.
 *
 * <p>What was sent at the present moment has its turn before all that waits. That is remembered, so
 * that the members of a group are those of one plan; what was sent earlier is not, since how far it
 * has come is not known here.
 */
final class MooreHodgsonOrder implements QueueOrder {

    private static final String SENT_AT = MooreHodgson.NAME + ".sent-at";
    private static final String SENT_MILLIS = MooreHodgson.NAME + ".sent-millis";

    private final int horizon;
    private DueQueue waiting = new DueQueue(1);
    private @Nullable QueuedRequest removedLast;
    private @Nullable FewestLatePlan plan;
    private long now;
    private long sentAt;
    private double sentMillis;

    MooreHodgsonOrder(int horizon, OrderMemory memory) {
        this.horizon = horizon;
        sentAt = memory.values().getOrDefault(SENT_AT, 0.0).longValue();
        sentMillis = memory.values().getOrDefault(SENT_MILLIS, 0.0);
    }

    @Override
    public void add(QueuedRequest queued, PendingRequest request) {
        waiting.add(queued);
        plan = null;
    }

    @Override
    public void remove(QueuedRequest queued) {
        waiting.remove(queued);
        removedLast = queued;
        plan = null;
    }

    @Override
    public void sent(PendingRequest request) {
        if (removedLast == null || !removedLast.key().equals(request.key())) {
            return;
        }
        sentMillis = (sentAt == now ? sentMillis : 0) + removedLast.serviceMillis();
        sentAt = now;
        plan = null;
    }

    @Override
    public void timeIs(long nowMillis) {
        if (nowMillis != now) {
            now = nowMillis;
            waiting.timeIs(nowMillis);
            plan = null;
        }
    }

    @Override
    public void runsAtOnce(int sequences) {
        if (sequences != waiting.machines()) {
            waiting = waiting.onMachines(sequences);
            plan = null;
        }
    }

    @Override
    public Iterator<QueuedRequest> walk() {
        FewestLatePlan planned = plan;
        if (planned == null) {
            planned = new FewestLatePlan(waiting, sentAt == now ? sentMillis : 0, horizon);
            plan = planned;
        }
        return planned.walk();
    }

    @Override
    public OrderMemory memory() {
        return sentMillis == 0
                ? OrderMemory.EMPTY
                : new OrderMemory(Map.of(SENT_AT, (double) sentAt, SENT_MILLIS, sentMillis));
    }
}
