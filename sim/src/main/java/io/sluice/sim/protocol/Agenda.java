package io.sluice.sim.protocol;

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

    private final PriorityQueue<Item> items = new PriorityQueue<>(256);
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

    /** Lets everything happen that is due up to a time. */
    public void runUntil(long millis) {
        while (!items.isEmpty() && items.element().atMillis() <= millis) {
            Item item = items.remove();
            count(item.atMillis());
            nowMillis = item.atMillis();
            item.action().run();
        }
        nowMillis = Math.max(nowMillis, millis);
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
