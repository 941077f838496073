package io.sluice.sim.fleet;

import java.util.Arrays;

/**
 * When each instance is to be looked at next: a heap in which each has one place. To change a time
 * costs O(log n), the next one O(1).
 */
final class Agenda {

    static final long NEVER = Long.MAX_VALUE;

    private final long[] times;
    private final int[] heap;
    private final int[] placeOf;

    /** No instance has a time. */
    Agenda(int instances) {
        times = new long[instances];
        Arrays.fill(times, NEVER);
        heap = new int[instances];
        placeOf = new int[instances];
        for (int i = 0; i < instances; i++) {
            heap[i] = i;
            placeOf[i] = i;
        }
    }

    /** The next time, {@link #NEVER} if there is none. */
    long nextTime() {
        return times[heap[0]];
    }

    /** The instance of that time; among equals the one with the smallest number. */
    int next() {
        return heap[0];
    }

    /** Gives an instance another time. */
    void set(int instance, long time) {
        times[instance] = time;
        int place = placeOf[instance];
        place = up(place);
        down(place);
    }

    private int up(int from) {
        int place = from;
        while (place > 0 && isBefore(heap[place], heap[(place - 1) / 2])) {
            swap(place, (place - 1) / 2);
            place = (place - 1) / 2;
        }
        return place;
    }

    private void down(int from) {
        int place = from;
        while (true) {
            int child = 2 * place + 1;
            if (child >= heap.length) {
                return;
            }
            if (child + 1 < heap.length && isBefore(heap[child + 1], heap[child])) {
                child++;
            }
            if (!isBefore(heap[child], heap[place])) {
                return;
            }
            swap(place, child);
            place = child;
        }
    }

    private boolean isBefore(int one, int other) {
        return times[one] < times[other] || (times[one] == times[other] && one < other);
    }

    private void swap(int one, int other) {
        int instance = heap[one];
        heap[one] = heap[other];
        heap[other] = instance;
        placeOf[heap[one]] = one;
        placeOf[heap[other]] = other;
    }
}
