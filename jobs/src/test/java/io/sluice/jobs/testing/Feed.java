package io.sluice.jobs.testing;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A topic of one partition in memory: the test appends while the job reads, and a job that recovers
 * reads again from where its checkpoint was.
 *
 * @param <T> record
 */
public final class Feed<T> {

    private static final Map<Integer, Feed<?>> FEEDS = new ConcurrentHashMap<>();
    private static final AtomicInteger IDS = new AtomicInteger();

    private final int id = IDS.incrementAndGet();
    private final List<T> records = new ArrayList<>();
    private boolean closed;
    private CompletableFuture<Void> changed = new CompletableFuture<>();

    /** An empty feed. */
    public Feed() {
        FEEDS.put(id, this);
    }

    /**
     * A feed that has ended with nothing in it: whoever reads it neither gets nor awaits anything.
     */
    public static <T> Feed<T> ended() {
        Feed<T> feed = new Feed<>();
        feed.close();
        return feed;
    }

    /** The source that reads this feed. */
    public Source<T, ?, ?> source(TypeInformation<T> type) {
        return new FeedSource<>(id, type);
    }

    /** Appends records. */
    public synchronized void append(Iterable<? extends T> appended) {
        appended.forEach(records::add);
        wakeReaders();
    }

    /** Ends the feed: the job finishes when it has read everything. */
    public synchronized void close() {
        closed = true;
        wakeReaders();
    }

    private void wakeReaders() {
        CompletableFuture<Void> waiting = changed;
        changed = new CompletableFuture<>();
        waiting.complete(null);
    }

    @SuppressWarnings("unchecked")
    static <T> Feed<T> of(int id) {
        return (Feed<T>) FEEDS.get(id);
    }

    synchronized boolean has(int position) {
        return position < records.size();
    }

    synchronized T get(int position) {
        return records.get(position);
    }

    synchronized boolean endsAt(int position) {
        return closed && position == records.size();
    }

    synchronized CompletableFuture<Void> changeAfter(int position) {
        boolean somethingToDo = has(position) || endsAt(position);
        return somethingToDo ? CompletableFuture.completedFuture(null) : changed;
    }
}
