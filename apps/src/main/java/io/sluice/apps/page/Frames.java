package io.sluice.apps.page;

import io.sluice.apps.page.live.LiveModel;
import io.sluice.apps.page.live.LiveSnapshot;
import io.sluice.apps.page.live.Selection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.function.Supplier;

/** Makes what is sent to browsers: the state of the page at a moment, as JSON. */
final class Frames {

    /**
     * The state at a moment.
     *
     * @param id tells it from any other, also of another start of the server
     * @param json the state
     */
    record Frame(String id, String json) {}

    /** The state, as it is written. */
    private record Page(String note, FeedStatus feed, long serverMillis, LiveSnapshot live) {}

    /** What a frame shows, except for the time. */
    record Mark(long version, FeedStatus feed) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final LiveModel model;
    private final Supplier<FeedStatus> feed;
    private final String note;
    private final Clock clock;
    private final long startedMillis;
    private final PageMetrics metrics;

    Frames(LiveModel model, Supplier<FeedStatus> feed, String note, Clock clock) {
        this(model, feed, note, clock, new PageMetrics());
    }

    Frames(
            LiveModel model,
            Supplier<FeedStatus> feed,
            String note,
            Clock clock,
            PageMetrics metrics) {
        this.metrics = metrics;
        this.model = model;
        this.feed = feed;
        this.note = note;
        this.clock = clock;
        this.startedMillis = clock.millis();
    }

    /** Differs from an earlier one if there is something new to show. */
    Mark mark() {
        return new Mark(model.version(), feed.get());
    }

    /** What is measured of the page. */
    PageMetrics metrics() {
        return metrics;
    }

    /** What Prometheus reads of the page now. */
    String measured(int openStreams) {
        return metrics.text(model.snapshot(clock.millis()), openStreams);
    }

    /** What somebody sees who looks at a selection. */
    Frame current(Selection selection) {
        long now = clock.millis();
        Mark mark = mark();
        LiveSnapshot live = model.snapshot(now, selection);
        metrics.made(live.eventsAsOfMillis(), now);
        Page page = new Page(note, mark.feed(), now, live);
        try {
            return new Frame(
                    "%d-%d-%d".formatted(startedMillis, mark.version(), now),
                    JSON.writeValueAsString(page));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
