package io.sluice.core.policy.ordering;

import io.sluice.core.policy.QueuedRequest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;

/**
 * Waiting requests by when they are due, and apart from them those that are late even if they begin
 * now: no plan can have them in time, so none looks at them. O(log n) for a request that comes or
 * goes, and once more when its last chance passes.
 */
final class DueQueue {

    private final int machines;
    private final Side open = new Side();
    private final Side lost = new Side();
    private long now;

    /**
     * Creates an empty queue.
     *
     * @param machines how many requests run at once, 1 or more
     */
    DueQueue(int machines) {
        this.machines = machines;
    }

    /** The same requests at the same time, where another number of them runs at once. */
    DueQueue onMachines(int number) {
        DueQueue queue = new DueQueue(number);
        queue.now = now;
        open.byDue.forEach(queue::add);
        lost.byDue.forEach(queue::add);
        return queue;
    }

    int machines() {
        return machines;
    }

    void add(QueuedRequest queued) {
        (latestStart(queued) < now ? lost : open).add(queued);
    }

    void remove(QueuedRequest queued) {
        (latestStart(queued) < now ? lost : open).remove(queued);
    }

    /** Time has passed; or the clock was set back. */
    void timeIs(long nowMillis) {
        now = nowMillis;
        while (!open.byStart.isEmpty() && latestStart(open.byStart.first()) < now) {
            lost.add(open.removeEarliest());
        }
        while (!lost.byStart.isEmpty() && latestStart(lost.byStart.last()) >= now) {
            open.add(lost.removeLatest());
        }
    }

    /** Those that are not late if they begin now, earliest due first, then those never due. */
    Iterator<QueuedRequest> open() {
        return open.byDue.iterator();
    }

    /** Of these those that come after one of them. */
    Iterator<QueuedRequest> openAfter(QueuedRequest one) {
        return open.byDue.tailSet(one, false).iterator();
    }

    /** Of these the first, so many or fewer, without those never due. */
    List<QueuedRequest> dueFirst(int most) {
        List<QueuedRequest> first = new ArrayList<>();
        for (QueuedRequest queued : open.byDue) {
            if (first.size() == most || Double.isInfinite(due(queued))) {
                break;
            }
            first.add(queued);
        }
        return first;
    }

    /** Those that are late if they begin now, earliest due first. */
    Iterator<QueuedRequest> lost() {
        return lost.byDue.iterator();
    }

    /** How much service can go before the end of this request from now on, in milliseconds. */
    double left(QueuedRequest queued) {
        return due(queued) - (double) machines * now;
    }

    /**
     * By when all that goes up to this request must add up, in milliseconds of service. With B at
     * once it starts when a B-th of what goes before it is over, and then takes its whole time.
     */
    private double due(QueuedRequest queued) {
        return machines * queued.place().first() - (machines - 1) * queued.serviceMillis();
    }

    private static double latestStart(QueuedRequest queued) {
        return queued.place().first() - queued.serviceMillis();
    }

    /** Requests by when they are due and by when they must have begun. */
    private final class Side {
        private final TreeSet<QueuedRequest> byDue =
                new TreeSet<>(by(Comparator.comparingDouble(DueQueue.this::due)));
        private final TreeSet<QueuedRequest> byStart =
                new TreeSet<>(by(Comparator.comparingDouble(DueQueue::latestStart)));

        private Comparator<QueuedRequest> by(Comparator<QueuedRequest> time) {
            return time.thenComparing(QueuedRequest::place);
        }

        void add(QueuedRequest queued) {
            byDue.add(queued);
            byStart.add(queued);
        }

        void remove(QueuedRequest queued) {
            byDue.remove(queued);
            byStart.remove(queued);
        }

        QueuedRequest removeEarliest() {
            QueuedRequest earliest = byStart.first();
            remove(earliest);
            return earliest;
        }

        QueuedRequest removeLatest() {
            QueuedRequest latest = byStart.last();
            remove(latest);
            return latest;
        }
    }
}
