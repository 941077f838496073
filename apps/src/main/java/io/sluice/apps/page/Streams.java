package io.sluice.apps.page;

import io.sluice.apps.page.live.Selection;

import io.javalin.http.sse.SseClient;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Sends every open stream the state when it changed, at most four times a second, and every second
 * if not, so that ages are right and a browser notices a line that is dead. A slow browser misses
 * states, and never holds up the others.
 */
final class Streams implements AutoCloseable {

    /** Streams that may be open at a time. */
    static final int MOST_STREAMS = 64;

    private static final long TICK_MILLIS = 250;
    private static final int UNCHANGED_TICKS = 4;

    private final Frames frames;
    private final Map<NewestOnly, Selection> open = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService senders = Executors.newCachedThreadPool(daemon("page-sender"));
    private Frames.@Nullable Mark sent;
    private int silentTicks;

    Streams(Frames frames) {
        this.frames = frames;
    }

    void start() {
        daemon("page-ticks").newThread(this::run).start();
    }

    private void run() {
        try {
            while (!closed.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                tick();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** How many streams are open. */
    int size() {
        return open.size();
    }

    /** Whether another stream may be opened. */
    boolean hasRoom() {
        return open.size() < MOST_STREAMS;
    }

    /** Sends a client the state of what it looks at, and from now on each new one. */
    void add(SseClient client, Selection selection) {
        NewestOnly stream =
                new NewestOnly(
                        frame -> {
                            client.sendEvent("state", frame.json(), frame.id());
                            frames.metrics().sent();
                        },
                        senders);
        client.keepAlive();
        client.onClose(() -> open.remove(stream));
        open.put(stream, selection);
        stream.offer(frames.current(selection));
    }

    private void tick() {
        if (open.isEmpty()) {
            return;
        }
        Frames.Mark mark = frames.mark();
        silentTicks++;
        if (mark.equals(sent) && silentTicks < UNCHANGED_TICKS) {
            return;
        }
        sent = mark;
        silentTicks = 0;
        Map<Selection, Frames.Frame> made = new HashMap<>();
        open.forEach(
                (stream, selection) ->
                        stream.offer(made.computeIfAbsent(selection, frames::current)));
    }

    @Override
    public void close() {
        closed.countDown();
        senders.shutdownNow();
    }
}
