package io.sluice.jobs.differential;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What is to happen, on a virtual clock; what is planned for one time happens in that order. */
final class Agenda {

    private record Entry(long millis, long number, Runnable what) {}

    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(
                    Comparator.comparingLong(Entry::millis).thenComparingLong(Entry::number));
    private long now;
    private long planned;

    Agenda(long startMillis) {
        now = startMillis;
    }

    long now() {
        return now;
    }

    void at(long millis, Runnable what) {
        entries.add(new Entry(Math.max(now, millis), planned++, what));
    }

    void after(long millis, Runnable what) {
        at(now + millis, what);
    }

    void runUntil(long endMillis) {
        while (!entries.isEmpty() && entries.peek().millis() <= endMillis) {
            Entry next = entries.poll();
            now = next.millis();
            next.what().run();
        }
        now = endMillis;
    }
}
