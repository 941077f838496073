package io.sluice.apps.replay;

import io.sluice.apps.trace.TraceException;
import io.sluice.apps.trace.shape.ShapedRequest;
import io.sluice.apps.trace.workload.Workload;
import io.sluice.apps.trace.workload.WorkloadSpec;

import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * How long a replay will be, for those who watch it.
 *
 * @param requests number of requests
 * @param lastOffsetNanos when the last is due
 */
record TraceLength(long requests, long lastOffsetNanos) {

    /**
     * Measures a workload by reading it through beside its replay, since a stream does not know its
     * end.
     */
    static Measuring measure(WorkloadSpec spec) {
        Measuring measuring = new Measuring(spec);
        measuring.thread.start();
        return measuring;
    }

    /** A measurement under way; closing it ends it. */
    static final class Measuring implements AutoCloseable {

        private final CompletableFuture<Optional<TraceLength>> length = new CompletableFuture<>();
        private final Thread thread;

        private Measuring(WorkloadSpec spec) {
            thread = new Thread(() -> length.complete(read(spec)), "trace-length");
            thread.setDaemon(true);
        }

        /** The length, once it is known; not if the trace breaks, which the replay will report. */
        Optional<TraceLength> known() {
            return length.getNow(Optional.empty());
        }

        /** Waits until it is known or cannot be. */
        void await() throws InterruptedException {
            thread.join();
        }

        @Override
        public void close() {
            thread.interrupt();
        }

        private static Optional<TraceLength> read(WorkloadSpec spec) {
            long requests = 0;
            long last = 0;
            try (Workload workload = Workload.open(spec)) {
                Iterator<ShapedRequest> all = workload.requests();
                while (all.hasNext()) {
                    last = all.next().timed().offsetNanos();
                    requests++;
                    if (Thread.interrupted()) {
                        return Optional.empty();
                    }
                }
            } catch (TraceException e) {
                return Optional.empty();
            }
            return Optional.of(new TraceLength(requests, last));
        }
    }
}
