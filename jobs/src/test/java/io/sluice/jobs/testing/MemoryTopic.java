package io.sluice.jobs.testing;

import io.sluice.jobs.io.Decoded;
import io.sluice.jobs.state.LogPosition;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;

import java.time.Clock;
import java.util.List;
import java.util.function.Function;

/**
 * A topic of one partition in memory, whose broker numbers and times the records.
 *
 * @param <T> record
 */
public final class MemoryTopic<T> {

    private final String name;
    private final Feed<Decoded<T>> feed = new Feed<>();
    private final Clock clock = Clock.systemUTC();
    private long offset;
    private long lastMillis;

    /** An empty topic. */
    public MemoryTopic(String name) {
        this.name = name;
    }

    /** Reads the topic. */
    public Source<Decoded<T>, ?, ?> source(TypeInformation<Decoded<T>> type) {
        return feed.source(type);
    }

    /** Appends a record. */
    public void append(T record) {
        appendAt(position -> record);
    }

    /** Appends a record that says where it lies. */
    public synchronized void appendAt(Function<LogPosition, T> record) {
        lastMillis = Math.max(lastMillis, clock.millis());
        LogPosition position = new LogPosition(name, 0, offset++, lastMillis);
        feed.append(List.of(Decoded.of(position, record.apply(position))));
    }
}
