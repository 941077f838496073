package io.sluice.core.policy.ordering;

import io.sluice.core.policy.QueuedRequest;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Who goes when, as of one moment: who is planned to be in time, then who lies beyond the horizon,
 * both by due time; then who was given up, and last who is late already.
 */
final class FewestLatePlan {

    private final DueQueue waiting;
    private final List<QueuedRequest> planned;
    private final List<QueuedRequest> inTime = new ArrayList<>();
    private final List<QueuedRequest> givenUp = new ArrayList<>();

    /**
     * Makes a plan.
     *
     * @param waiting who waits
     * @param start service that has its turn before all of them, in milliseconds
     * @param horizon how many are planned, those that are due first
     */
    FewestLatePlan(DueQueue waiting, double start, int horizon) {
        this.waiting = waiting;
        planned = waiting.dueFirst(horizon);
        BitSet late =
                FewestLate.of(
                        start,
                        planned.stream().mapToDouble(QueuedRequest::serviceMillis).toArray(),
                        planned.stream().mapToDouble(waiting::left).toArray());
        for (int job = 0; job < planned.size(); job++) {
            (late.get(job) ? givenUp : inTime).add(planned.get(job));
        }
    }

    /** All that waits, first to go first. */
    Iterator<QueuedRequest> walk() {
        Iterator<QueuedRequest> beyond =
                planned.isEmpty()
                        ? waiting.open()
                        : waiting.openAfter(planned.get(planned.size() - 1));
        return new OneAfterAnother(
                List.of(inTime.iterator(), beyond, givenUp.iterator(), waiting.lost()).iterator());
    }

    private static final class OneAfterAnother implements Iterator<QueuedRequest> {
        private final Iterator<Iterator<QueuedRequest>> parts;
        private Iterator<QueuedRequest> part;

        OneAfterAnother(Iterator<Iterator<QueuedRequest>> parts) {
            this.parts = parts;
            part = parts.next();
        }

        @Override
        public boolean hasNext() {
            while (!part.hasNext() && parts.hasNext()) {
                part = parts.next();
            }
            return part.hasNext();
        }

        @Override
        public QueuedRequest next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return part.next();
        }
    }
}
