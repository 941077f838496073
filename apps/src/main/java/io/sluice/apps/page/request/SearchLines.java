package io.sluice.apps.page.request;

import io.sluice.apps.timeline.TimelineReader;
import io.sluice.schemas.Topic;

import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answer to a search, a JSON object a line: how it gets on, and at last what came of it. A
 * browser that has left is noticed by the next line, which ends the search.
 */
final class SearchLines implements TimelineReader.Progress {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long EVERY_NANOS = 250_000_000;

    private record Searching(String searching, long done, long all) {}

    private record Failure(String error) {}

    private record Result(Found found) {}

    private final OutputStream out;
    private final Map<String, Long> read = new LinkedHashMap<>();
    private long writtenNanos = System.nanoTime() - EVERY_NANOS;
    private boolean left;

    SearchLines(OutputStream out) {
        this.out = out;
    }

    @Override
    public void reading(Topic topic, long done, long all) {
        read.put(topic.suffix(), done);
        long now = System.nanoTime();
        if (now - writtenNanos >= EVERY_NANOS) {
            writtenNanos = now;
            write(new Searching(topic.suffix(), done, all));
        }
    }

    /** Records read, by topic. */
    Map<String, Long> read() {
        return read;
    }

    /** Whether the browser has left. */
    boolean hasLeft() {
        return left;
    }

    void found(Found found) {
        write(new Result(found));
    }

    void failed(String why) {
        write(new Failure(why));
    }

    private void write(Object line) {
        try {
            out.write((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException gone) {
            left = true;
            throw new UncheckedIOException("the browser has left", gone);
        }
    }
}
