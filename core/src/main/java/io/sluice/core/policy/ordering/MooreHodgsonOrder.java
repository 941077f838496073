package io.sluice.core.policy.ordering;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.policy.OrderMemory;
import io.sluice.core.policy.QueueOrder;
import io.sluice.core.policy.QueuedRequest;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The queue of {@link MooreHodgson}. Planned when it is looked at: O(n log n), once for each change
 * of who waits, and for each look at another time.
 *
 * <p>What was sent at the present moment has its turn before all that waits. That is remembered, so
 * that the members of a group are those of one plan; what was sent earlier is not, since how far it
 * has come is not known here.
 */
final class MooreHodgsonOrder implements QueueOrder {

    private static final String SENT_AT = MooreHodgson.NAME + ".sent-at";
    private static final String SENT_MILLIS = MooreHodgson.NAME + ".sent-millis";

    /** A waiting request and when it is due on the scale of the plan. */
    private record Job(QueuedRequest queued, double due) {}

    private final Set<QueuedRequest> waiting = new HashSet<>();
    private @Nullable QueuedRequest removedLast;
    private @Nullable List<QueuedRequest> plan;
    private int machines = 1;
    private long now;
    private long sentAt;
    private double sentMillis;

    MooreHodgsonOrder(OrderMemory memory) {
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
            plan = null;
        }
    }

    @Override
    public void runsAtOnce(int sequences) {
        if (sequences != machines) {
            machines = sequences;
            plan = null;
        }
    }

    @Override
    public Iterator<QueuedRequest> walk() {
        List<QueuedRequest> planned = plan;
        if (planned == null) {
            planned = planned();
            plan = planned;
        }
        return planned.iterator();
    }

    private List<QueuedRequest> planned() {
        List<Job> jobs = new ArrayList<>(waiting.size());
        waiting.forEach(queued -> jobs.add(new Job(queued, due(queued))));
        jobs.sort(Comparator.comparingDouble(Job::due).thenComparing(job -> job.queued().place()));
        BitSet late =
                FewestLate.of(
                        sentAt == now ? sentMillis : 0,
                        jobs.stream().mapToDouble(job -> job.queued().serviceMillis()).toArray(),
                        jobs.stream().mapToDouble(Job::due).toArray());
        List<QueuedRequest> order = new ArrayList<>(jobs.size());
        for (int job = late.nextClearBit(0); job < jobs.size(); job = late.nextClearBit(job + 1)) {
            order.add(jobs.get(job).queued());
        }
        late.stream().forEach(job -> order.add(jobs.get(job).queued()));
        return order;
    }

    /**
     * By when all that goes up to this request must add up, in milliseconds of service. With B at
     * once it starts when a B-th of what goes before it is over, and then takes its whole time.
     */
    private double due(QueuedRequest queued) {
        double left = queued.place().first() - now;
        return machines * left - (machines - 1) * queued.serviceMillis();
    }

    @Override
    public OrderMemory memory() {
        return sentMillis == 0
                ? OrderMemory.EMPTY
                : new OrderMemory(Map.of(SENT_AT, (double) sentAt, SENT_MILLIS, sentMillis));
    }
}
