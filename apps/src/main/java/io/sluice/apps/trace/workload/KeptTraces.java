package io.sluice.apps.trace.workload;

import io.sluice.apps.trace.RequestSource;
import io.sluice.apps.trace.TraceRequest;
import io.sluice.apps.trace.TraceStats;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Traces that are read when they are first opened and then kept, for who opens the same few again
 * and again. Memory grows with the traces: meant for those with a limit. Several threads may open
 * traces at a time.
 */
public final class KeptTraces implements TraceOpener {

    private final TraceOpener from;
    private final Map<TraceChoice.Recorded, Kept> kept = new ConcurrentHashMap<>();

    /**
     * None is kept yet.
     *
     * @param from where they are read
     */
    public KeptTraces(TraceOpener from) {
        this.from = from;
    }

    @Override
    public RequestSource open(TraceChoice.Recorded trace) {
        return new Replayed(kept.computeIfAbsent(trace, this::read));
    }

    private Kept read(TraceChoice.Recorded trace) {
        try (RequestSource source = from.open(trace)) {
            List<TraceRequest> requests = new ArrayList<>();
            source.forEachRemaining(requests::add);
            return new Kept(source.hasArrivals(), source.description(), source.stats(), requests);
        }
    }

    /** All of a trace. */
    private record Kept(
            boolean hasArrivals,
            String description,
            TraceStats stats,
            List<TraceRequest> requests) {

        Kept {
            requests = List.copyOf(requests);
        }
    }

    /** A kept trace from its start; its account is that of the whole. */
    private static final class Replayed implements RequestSource {

        private final Kept trace;
        private final Iterator<TraceRequest> rest;

        Replayed(Kept trace) {
            this.trace = trace;
            this.rest = trace.requests().iterator();
        }

        @Override
        public boolean hasArrivals() {
            return trace.hasArrivals();
        }

        @Override
        public String description() {
            return trace.description();
        }

        @Override
        public TraceStats stats() {
            return trace.stats();
        }

        @Override
        public boolean hasNext() {
            return rest.hasNext();
        }

        @Override
        public TraceRequest next() {
            return rest.next();
        }

        @Override
        public void close() {
            // Holds nothing of its own.
        }
    }
}
