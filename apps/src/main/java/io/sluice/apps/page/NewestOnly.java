package io.sluice.apps.page;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Sends the newest of what it is offered, one at a time. What is replaced while it waits is not
 * sent at all, so a slow receiver is never behind by more than one.
 */
final class NewestOnly {

    private final Consumer<Frames.Frame> receiver;
    private final Executor executor;
    private Frames.@Nullable Frame waiting;
    private boolean sending;

    /**
     * Nothing to send.
     *
     * @param receiver may block
     * @param executor runs the receiver
     */
    NewestOnly(Consumer<Frames.Frame> receiver, Executor executor) {
        this.receiver = receiver;
        this.executor = executor;
    }

    /** Sends it, unless a newer one comes before its turn. Never blocks. */
    synchronized void offer(Frames.Frame frame) {
        waiting = frame;
        if (!sending) {
            sending = true;
            executor.execute(this::send);
        }
    }

    private void send() {
        for (Frames.Frame frame = next(); frame != null; frame = next()) {
            receiver.accept(frame);
        }
    }

    private synchronized Frames.@Nullable Frame next() {
        Frames.Frame frame = waiting;
        waiting = null;
        sending = frame != null;
        return frame;
    }
}
