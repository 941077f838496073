package io.sluice.apps.replay;

import io.sluice.apps.trace.TraceException;
import io.sluice.apps.trace.shape.ShapedRequest;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Requests read a little ahead of their time, so that neither a slow file nor the upload of a long
 * prompt makes them late. Bounded in number, in time, and by the bytes of prompts under way.
 */
final class LookAhead {

    private static final int MOST_REQUESTS = 1024;
    private static final long FURTHEST_NANOS = Duration.ofSeconds(2).toNanos();

    private final Iterator<ShapedRequest> source;
    private final Sender sender;
    private final Schedule schedule;
    private final Deque<Departure> ahead = new ArrayDeque<>();

    /** Due, but their prompts are still under way. */
    private final List<Departure> overdue = new ArrayList<>();

    private boolean exhausted;
    private @Nullable TraceException broken;

    LookAhead(Iterator<ShapedRequest> source, Sender sender, Schedule schedule) {
        this.source = source;
        this.sender = sender;
        this.schedule = schedule;
    }

    /** Whether to read another request now. */
    boolean wantsMore(long nowNanos) {
        return !exhausted
                && ahead.size() < MOST_REQUESTS
                && sender.hasRoomForPrompts()
                && (ahead.isEmpty() || ahead.getLast().dueNanos() - nowNanos < FURTHEST_NANOS);
    }

    /** Reads a request, if there is one more, and starts the upload of a long prompt. */
    void read() {
        try {
            if (!source.hasNext()) {
                exhausted = true;
                return;
            }
            ShapedRequest request = source.next();
            long due = schedule.dueNanos(request.timed().offsetNanos());
            ahead.addLast(new Departure(request, due, sender.carry(request, due)));
        } catch (TraceException e) {
            // What was read before is good, and is sent first.
            broken = e;
            exhausted = true;
        }
    }

    /** Next request to send or to give up; null if none is both due and ready. */
    @Nullable Departure pollDue(long nowNanos) {
        for (int i = 0; i < overdue.size(); i++) {
            if (overdue.get(i).carriage().isReady()) {
                return overdue.remove(i);
            }
        }
        while (nextDueNanos() <= nowNanos) {
            Departure next = ahead.removeFirst();
            if (next.carriage().isReady()) {
                return next;
            }
            overdue.add(next);
        }
        return null;
    }

    /** When the next request is due; {@link Long#MAX_VALUE} if none is read. */
    long nextDueNanos() {
        Departure next = ahead.peekFirst();
        return next == null ? Long.MAX_VALUE : next.dueNanos();
    }

    /** Reads no more, and forgets what was read. */
    long abandon() {
        long forgotten = (long) ahead.size() + overdue.size();
        ahead.clear();
        overdue.clear();
        exhausted = true;
        return forgotten;
    }

    /** Whether all requests of the source are sent or given up. */
    boolean isDone() {
        return exhausted && ahead.isEmpty() && overdue.isEmpty();
    }

    /** What broke the source, if something did. */
    @Nullable TraceException broken() {
        return broken;
    }
}
