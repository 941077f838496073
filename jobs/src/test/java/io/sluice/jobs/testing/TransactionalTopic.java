package io.sluice.jobs.testing;

import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A topic in memory that a job writes in transactions, each from one checkpoint to the next. What
 * was written in one that was never committed is never seen.
 *
 * @param <T> record
 */
public final class TransactionalTopic<T> {

    private static final Map<Integer, TransactionalTopic<?>> ALL = new ConcurrentHashMap<>();
    private static final AtomicInteger IDS = new AtomicInteger();

    private final int id = IDS.incrementAndGet();
    private final Map<Long, List<T>> open = new HashMap<>();
    private final List<T> visible = new ArrayList<>();
    private final Consumer<T> reader;
    private long lastTransaction;

    /** An empty topic. */
    public TransactionalTopic() {
        this(record -> {});
    }

    /** An empty topic; every record also goes to a reader once it is committed. */
    public TransactionalTopic(Consumer<T> reader) {
        this.reader = reader;
        ALL.put(id, this);
    }

    /** The sink that writes here. */
    public Sink<T> sink() {
        return new TransactionalSink<>(id);
    }

    /** What committed transactions wrote, in the order of the commits. */
    public synchronized List<T> visible() {
        return List.copyOf(visible);
    }

    private synchronized Transaction begin() {
        open.put(++lastTransaction, new ArrayList<>());
        return new Transaction(lastTransaction);
    }

    private synchronized void write(Transaction transaction, T record) {
        open.get(transaction.number()).add(record);
    }

    /** Commits a transaction; one that was committed before stays as it is. */
    private synchronized void commit(Transaction transaction) {
        List<T> records = open.remove(transaction.number());
        if (records != null) {
            visible.addAll(records);
            records.forEach(reader);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> TransactionalTopic<T> of(int id) {
        return (TransactionalTopic<T>) ALL.get(id);
    }

    /** A transaction; its records are with the broker. */
    private record Transaction(long number) {}

    private record TransactionalSink<T>(int id) implements Sink<T>, SupportsCommitter<Transaction> {
        @Override
        public Writer<T> createWriter(WriterInitContext context) {
            return new Writer<>(of(id));
        }

        @Override
        public Committer<Transaction> createCommitter(CommitterInitContext context) {
            return new TopicCommitter(of(id));
        }

        @Override
        public SimpleVersionedSerializer<Transaction> getCommittableSerializer() {
            return new TransactionSerializer();
        }
    }

    private static final class Writer<T> implements CommittingSinkWriter<T, Transaction> {
        private final TransactionalTopic<T> topic;
        private @Nullable Transaction current;

        Writer(TransactionalTopic<T> topic) {
            this.topic = topic;
        }

        @Override
        public void write(T record, Context context) {
            if (current == null) {
                current = topic.begin();
            }
            topic.write(current, record);
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public Collection<Transaction> prepareCommit() {
            List<Transaction> prepared = current == null ? List.of() : List.of(current);
            current = null;
            return prepared;
        }

        @Override
        public void close() {}
    }

    private record TopicCommitter(TransactionalTopic<?> topic) implements Committer<Transaction> {
        @Override
        public void commit(Collection<CommitRequest<Transaction>> requests) {
            requests.forEach(request -> topic.commit(request.getCommittable()));
        }

        @Override
        public void close() {}
    }

    private static final class TransactionSerializer
            implements SimpleVersionedSerializer<Transaction> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Transaction transaction) {
            return ByteBuffer.allocate(Long.BYTES).putLong(transaction.number()).array();
        }

        @Override
        public Transaction deserialize(int version, byte[] bytes) {
            return new Transaction(ByteBuffer.wrap(bytes).getLong());
        }
    }
}
