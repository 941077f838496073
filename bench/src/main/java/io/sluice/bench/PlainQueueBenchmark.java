package io.sluice.bench;

import io.sluice.core.model.PendingRequest;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/**
 * The baseline: the same requests in a {@link PriorityQueue} by submission, which knows neither
 * expiry nor cancellation nor instances.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PlainQueueBenchmark {

    /** Requests that wait. */
    @Param("100")
    public int depth;

    private final PriorityQueue<PendingRequest> queue =
            new PriorityQueue<>(
                    Comparator.comparingLong(PendingRequest::submittedAtMillis)
                            .thenComparing(PendingRequest::key));

    private final RequestSource source = new RequestSource(100, false);
    private long now;

    /** Fills the queue. */
    @Setup
    public void fill() {
        for (int i = 0; i < depth; i++) {
            queue.add(source.next(++now));
        }
    }

    /** One in, one out. */
    @Benchmark
    public PendingRequest turn(ProcessorTime time) {
        time.turned();
        queue.add(source.next(++now));
        return queue.remove();
    }
}
