package io.sluice.jobs.testing;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Reads a {@link Feed}; its only split is the position of the next record. */
final class FeedSource<T>
        implements Source<T, FeedSource.Position, FeedSource.Position>, ResultTypeQueryable<T> {
    private static final long serialVersionUID = 1L;

    private final int feed;
    private final TypeInformation<T> type;

    FeedSource(int feed, TypeInformation<T> type) {
        this.feed = feed;
        this.type = type;
    }

    /** Where to read on; as the checkpoint of the enumerator, negative once a reader has it. */
    record Position(int next) implements SourceSplit {
        @Override
        public String splitId() {
            return "feed";
        }
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return type;
    }

    @Override
    public SourceReader<T, Position> createReader(SourceReaderContext context) {
        return new Reader<>(Feed.of(feed));
    }

    @Override
    public SplitEnumerator<Position, Position> createEnumerator(
            SplitEnumeratorContext<Position> context) {
        return new Enumerator(context, new Position(0));
    }

    @Override
    public SplitEnumerator<Position, Position> restoreEnumerator(
            SplitEnumeratorContext<Position> context, Position unassigned) {
        return new Enumerator(context, unassigned);
    }

    @Override
    public SimpleVersionedSerializer<Position> getSplitSerializer() {
        return new PositionSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Position> getEnumeratorCheckpointSerializer() {
        return new PositionSerializer();
    }

    private static final class Reader<T> implements SourceReader<T, Position> {
        private final Feed<T> feed;
        private final CompletableFuture<Void> assigned = new CompletableFuture<>();
        private int next = -1;
        private boolean nothingForMe;

        Reader(Feed<T> feed) {
            this.feed = feed;
        }

        @Override
        public void start() {}

        @Override
        public InputStatus pollNext(ReaderOutput<T> output) {
            if (next < 0) {
                return nothingForMe ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
            }
            if (feed.has(next)) {
                output.collect(feed.get(next));
                next++;
                return InputStatus.MORE_AVAILABLE;
            }
            return feed.endsAt(next) ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return next < 0 ? assigned : feed.changeAfter(next);
        }

        @Override
        public List<Position> snapshotState(long checkpointId) {
            return next < 0 ? List.of() : List.of(new Position(next));
        }

        @Override
        public void addSplits(List<Position> splits) {
            next = splits.get(0).next();
            assigned.complete(null);
        }

        @Override
        public void notifyNoMoreSplits() {
            nothingForMe = true;
            assigned.complete(null);
        }

        @Override
        public void close() {}
    }

    private static final class Enumerator implements SplitEnumerator<Position, Position> {
        private static final Position ASSIGNED = new Position(-1);

        private final SplitEnumeratorContext<Position> context;
        private Position unassigned;

        Enumerator(SplitEnumeratorContext<Position> context, Position unassigned) {
            this.context = context;
            this.unassigned = unassigned;
        }

        @Override
        public void start() {}

        @Override
        public void addReader(int subtask) {
            if (unassigned.next() >= 0) {
                context.assignSplit(unassigned, subtask);
                unassigned = ASSIGNED;
            }
            context.signalNoMoreSplits(subtask);
        }

        @Override
        public void handleSplitRequest(int subtask, String host) {}

        @Override
        public void addSplitsBack(List<Position> splits, int subtask) {
            splits.forEach(split -> unassigned = split);
        }

        @Override
        public Position snapshotState(long checkpointId) {
            return unassigned;
        }

        @Override
        public void close() {}
    }

    private static final class PositionSerializer implements SimpleVersionedSerializer<Position> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Position position) {
            return ByteBuffer.allocate(Integer.BYTES).putInt(position.next()).array();
        }

        @Override
        public Position deserialize(int version, byte[] serialized) {
            return new Position(ByteBuffer.wrap(serialized).getInt());
        }
    }
}
