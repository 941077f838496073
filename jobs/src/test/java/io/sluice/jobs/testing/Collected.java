package io.sluice.jobs.testing;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What a job wrote to a sink in memory, at least once; and a way to make the job fail there.
 *
 * @param <T> record
 */
public final class Collected<T> {

    private static final Map<Integer, Collected<?>> ALL = new ConcurrentHashMap<>();
    private static final AtomicInteger IDS = new AtomicInteger();

    private final int id = IDS.incrementAndGet();
    private final List<T> records = new ArrayList<>();
    private final Consumer<T> reader;
    private boolean failNext;
    private int failures;

    /** Nothing yet, and nobody reads it but the test. */
    public Collected() {
        this(record -> {});
    }

    /** Nothing yet; every record also goes to a reader, in the order of the records. */
    public Collected(Consumer<T> reader) {
        this.reader = reader;
        ALL.put(id, this);
    }

    /** The sink that writes here. */
    public Sink<T> sink() {
        return new CollectingSink<>(id);
    }

    /** Makes the next write fail, once. */
    public synchronized void failNextWrite() {
        failNext = true;
    }

    /** How many writes have failed. */
    public synchronized int failures() {
        return failures;
    }

    /** Everything written so far, repetitions included. */
    public synchronized List<T> records() {
        return List.copyOf(records);
    }

    /** Waits until a record that matches has been written. */
    public synchronized void await(Predicate<T> match, Duration patience) throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        while (records.stream().noneMatch(match)) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new TimeoutException("no such record among " + records);
            }
            wait(Math.max(1, left / 1_000_000));
        }
    }

    private synchronized void add(T record) {
        if (failNext) {
            failNext = false;
            failures++;
            throw new IllegalStateException("the test wants this write to fail");
        }
        records.add(record);
        reader.accept(record);
        notifyAll();
    }

    private record CollectingSink<T>(int id) implements Sink<T> {
        @Override
        public SinkWriter<T> createWriter(WriterInitContext context) {
            return new CollectingWriter<>(id);
        }
    }

    private record CollectingWriter<T>(int id) implements SinkWriter<T> {
        @Override
        @SuppressWarnings("unchecked")
        public void write(T element, Context context) {
            ((Collected<T>) ALL.get(id)).add(element);
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() {}
    }
}
