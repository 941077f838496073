package io.sluice.apps.trace.arrival;

import io.sluice.apps.trace.Caller;
import io.sluice.apps.trace.PrefixBlocks;
import io.sluice.apps.trace.RequestSource;
import io.sluice.apps.trace.TokenCounts;
import io.sluice.apps.trace.TraceRequest;
import io.sluice.apps.trace.TraceStats;
import io.sluice.apps.trace.TraceTally;

import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/** A source from a list. */
final class ListSource implements RequestSource {

    private final Iterator<TraceRequest> requests;
    private final boolean timed;
    private final TraceTally tally = new TraceTally();

    private ListSource(List<TraceRequest> requests, boolean timed) {
        this.requests = requests.iterator();
        this.timed = timed;
    }

    static ListSource at(double... seconds) {
        return new ListSource(
                IntStream.range(0, seconds.length)
                        .mapToObj(i -> request(i, (long) (seconds[i] * 1e9)))
                        .toList(),
                true);
    }

    static ListSource untimed(int count) {
        return new ListSource(
                IntStream.range(0, count)
                        .mapToObj(i -> request(i, TraceRequest.NO_ARRIVAL))
                        .toList(),
                false);
    }

    private static TraceRequest request(int sequence, long arrivalNanos) {
        return new TraceRequest(
                sequence,
                arrivalNanos,
                TokenCounts.of(10, 10),
                Caller.UNKNOWN,
                PrefixBlocks.NONE,
                List.of(),
                List.of(),
                sequence + 1);
    }

    @Override
    public boolean hasArrivals() {
        return timed;
    }

    @Override
    public String description() {
        return "a list";
    }

    @Override
    public TraceStats stats() {
        return tally.snapshot();
    }

    @Override
    public boolean hasNext() {
        return requests.hasNext();
    }

    @Override
    public TraceRequest next() {
        TraceRequest next = requests.next();
        tally.accept();
        return next;
    }

    @Override
    public void close() {}
}
