package io.sluice.apps.trace.arrival;

import io.sluice.apps.trace.TraceRequest;
import io.sluice.sim.random.Draws;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;

/**
 * Recorded times, with requests that share one spread at random until the next: for the Mooncake
 * conversation trace, whose arrivals are recorded in ticks of three seconds.
 *
 * @param tick longest stretch over which requests of one time are spread
 * @param seed of the draws
 */
record SpreadTicks(Duration tick, long seed) implements ArrivalProcess {

    @Override
    public Iterator<TimedRequest> schedule(Iterator<TraceRequest> requests) {
        return new Spread(requests);
    }

    @Override
    public String description() {
        return "arrival times as recorded, requests of one tick spread over %s s, seed %d"
                .formatted(Numbers.plain(tick.toMillis() / 1e3), seed);
    }

    private final class Spread implements Iterator<TimedRequest> {

        private final Iterator<TraceRequest> requests;
        private final Draws draws = Draws.of(seed, "spread-ticks");
        private final Queue<TimedRequest> ready = new ArrayDeque<>();
        private @Nullable TimedRequest ahead;

        Spread(Iterator<TraceRequest> requests) {
            this.requests = requests;
        }

        @Override
        public boolean hasNext() {
            return !ready.isEmpty() || ahead != null || requests.hasNext();
        }

        @Override
        public TimedRequest next() {
            if (ready.isEmpty()) {
                readTick();
            }
            return ready.remove();
        }

        /**
         * Takes all requests of one recorded time; the first of the next time tells how far they
         * may spread.
         */
        private void readTick() {
            if (ahead == null && !requests.hasNext()) {
                throw new NoSuchElementException("the trace has ended");
            }
            TimedRequest first = ahead != null ? ahead : RecordedArrivals.recorded(requests.next());
            ahead = null;
            Queue<TraceRequest> together = new ArrayDeque<>();
            together.add(first.request());
            while (ahead == null && requests.hasNext()) {
                TimedRequest following = RecordedArrivals.recorded(requests.next());
                if (following.offsetNanos() == first.offsetNanos()) {
                    together.add(following.request());
                } else {
                    ahead = following;
                }
            }
            long width =
                    ahead == null
                            ? tick.toNanos()
                            : Math.min(tick.toNanos(), ahead.offsetNanos() - first.offsetNanos());
            double[] shares = new double[together.size()];
            Arrays.setAll(shares, i -> draws.uniform());
            Arrays.sort(shares);
            for (double share : shares) {
                long offset = first.offsetNanos() + (long) (share * width);
                ready.add(new TimedRequest(offset, together.remove()));
            }
        }
    }
}
