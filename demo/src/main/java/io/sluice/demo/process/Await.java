package io.sluice.demo.process;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for something outside this JVM's control by asking again and again. */
public final class Await {

    private static final long POLL_MILLIS = 20;

    private Await() {}

    /**
     * Returns once {@code condition} holds. An exception thrown by it counts as "not yet" and is
     * reported as the cause if time runs out.
     *
     * @param what the awaited state in words, for the error: "the broker to answer on
     *     localhost:9092"
     * @param timeout how long to keep asking
     * @param condition asked about fifty times a second
     * @throws AwaitException if the condition does not hold in time, or the thread is interrupted
     */
    public static void until(String what, Duration timeout, Callable<Boolean> condition) {
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        Exception last = null;
        do {
            try {
                if (condition.call()) {
                    return;
                }
                last = null;
            } catch (AwaitException abandoned) {
                throw abandoned;
            } catch (InterruptedException interrupted) {
                throw interrupted(what, interrupted);
            } catch (Exception notYet) {
                last = notYet;
            }
            pause(what);
        } while (System.nanoTime() < deadlineNanos);
        String reason = last == null ? "" : "; last error: " + last;
        throw new AwaitException(
                "gave up after " + timeout.toMillis() + " ms waiting for " + what + reason, last);
    }

    private static void pause(String what) {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException interrupted) {
            throw interrupted(what, interrupted);
        }
    }

    private static AwaitException interrupted(String what, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new AwaitException("interrupted while waiting for " + what, cause);
    }
}
