package io.sluice.sim.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/** The virtual clock and what is to happen; things due together happen as they were planned. */
public final class Agenda {

    private record Item(long atMillis, long seq, Runnable action) implements Comparable<Item> {
        @Override
        public int compareTo(Item other) {
            int byTime = Long.compare(atMillis, other.atMillis);
            return byTime == 0 ? Long.compare(seq, other.seq) : byTime;
        }
    }

    private static final int MOST_AT_ONCE = 100_000;

    /** Something to happen after so many others. */
    private static final class Countdown {
        private final Runnable action;
        private int left;

        Countdown(int left, Runnable action) {
            this.left = left;
            this.action = action;
        }
    }

    private final PriorityQueue<Item> items = new PriorityQueue<>(256);
    private final List<Countdown> countdowns = new ArrayList<>();
    private long nowMillis;
    private long planned;
    private int atThisMillis;

    /** An empty one, at a time. */
    public Agenda(long startMillis) {
        this.nowMillis = startMillis;
    }

    /** The present time in milliseconds. */
    public long now() {
        return nowMillis;
    }

    /** Plans something for a time, or for now if that has passed. */
    public void at(long millis, Runnable action) {
        items.add(new Item(Math.max(millis, nowMillis), planned++, action));
    }

    /** Plans something for a time from now. */
    public void after(long delayMillis, Runnable action) {
        at(nowMillis + delayMillis, action);
    }

    /**
     * Plans something for after the present event, and so many after that, whatever the time. So it
     * can come between two things that happen at one time.
     */
    void afterEvents(int count, Runnable action) {
        countdowns.add(new Countdown(count, action));
    }

    /** Lets everything happen that is due up to a time. */
    public void runUntil(long millis) {
        while (!items.isEmpty() && items.element().atMillis() <= millis) {
            Item item = items.remove();
            count(item.atMillis());
            nowMillis = item.atMillis();
            item.action().run();
            if (!countdowns.isEmpty()) {
                countDown();
            }
        }
        nowMillis = Math.max(nowMillis, millis);
    }

    private void countDown() {
        List<Countdown> due = new ArrayList<>();
        for (Countdown countdown : countdowns) {
            if (countdown.left-- == 0) {
                due.add(countdown);
            }
        }
        countdowns.removeAll(due);
        due.forEach(countdown -> countdown.action.run());
    }

    /** Time must go on: a wake-up that asks for another one at once would never end. */
    private void count(long millis) {
        atThisMillis = millis == nowMillis ? atThisMillis + 1 : 0;
        if (atThisMillis > MOST_AT_ONCE) {
            throw new IllegalStateException("time stands still at " + millis + " ms");
        }
    }

    /** How many things have been planned so far. */
    long planned() {
        return planned;
    }
}
