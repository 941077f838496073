package io.sluice.apps.sla;

import io.sluice.apps.cli.TopicStretch;
import io.sluice.core.latency.SlaScope;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.DecodeException;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.SlaWindow;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** The newest value of each window that was published. */
final class PublishedWindows {

    /** Windows bear the clock of the job, and are asked for by that of the broker. */
    private static final Duration CLOCKS = Duration.ofMinutes(10);

    private final AvroCodec<SlaWindow> codec = AvroCodec.of(SlaWindow.class);
    private final TimeRange range;
    private final Map<WindowKey, SlaWindow> newest = new HashMap<>();
    private final SortedSet<Long> lengths = new TreeSet<>();
    private long completeUpTo = Long.MIN_VALUE;
    private long unreadable;

    private PublishedWindows(TimeRange range) {
        this.range = range;
    }

    /** Reads the topic; keeps the windows that lie in the range. */
    static PublishedWindows read(TopicStretch topics, TimeRange range) {
        PublishedWindows windows = new PublishedWindows(range);
        topics.read(Topic.SLA, range.fromMillis() - CLOCKS.toMillis(), windows::window);
        return windows;
    }

    /** Those of the range. */
    Map<WindowKey, SlaWindow> windows() {
        return newest;
    }

    /** The lengths of all windows that were published since the range began. */
    SortedSet<Long> lengthsMillis() {
        return lengths;
    }

    /** End of the latest window that is complete: what ended by then was to be published. */
    long completeUpToMillis() {
        return completeUpTo;
    }

    /** Records that are no window. */
    long unreadable() {
        return unreadable;
    }

    private void window(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        SlaWindow window;
        try {
            window = codec.decode(record.value());
        } catch (DecodeException notOne) {
            unreadable++;
            return;
        }
        long start = window.getWindowStart().toEpochMilli();
        long end = window.getWindowEnd().toEpochMilli();
        if (window.getComplete()) {
            completeUpTo = Math.max(completeUpTo, end);
        }
        lengths.add(end - start);
        for (SlaScope scope : SlaScope.values()) {
            if (scope.name().equals(window.getScope().name())) {
                WindowKey key = new WindowKey(end - start, start, scope, window.getScopeValue());
                if (range.holds(key)) {
                    newest.put(key, window);
                }
            }
        }
    }
}
