package io.sluice.apps.replay;

import io.sluice.apps.trace.TraceException;
import io.sluice.apps.trace.shape.ShapedRequest;

import org.apache.kafka.clients.producer.Producer;

import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sends requests when they are due. The schedule does not depend on the broker: nothing waits for
 * an acknowledgement, what is due is handed to the Kafka client at once, and what has become
 * overdue, because the client's buffer was full or the machine was busy, goes as fast as it can.
 * How far behind that was is part of the result.
 *
 * <p>One replayer runs one replay, on the thread that calls {@link #run}; the other methods are for
 * any thread. The producer stays the caller's to close.
 */
public final class Replayer {

    /** How long a stopped replay waits for the broker's answers. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private final ReplaySettings settings;
    private final ReplayClock clock;
    private final ReplayListener listener;
    private final ReplayTally tally = new ReplayTally();
    private final Sender sender;
    private final Extras extras;
    private final AtomicBoolean claimed = new AtomicBoolean();
    private volatile boolean stopRequested;
    private volatile boolean stopped;
    private volatile Schedule schedule;
    private long nextProgressNanos;

    /** When not to wait any longer for what was sent; once it is stopped. */
    private long giveUpNanos = Long.MAX_VALUE;

    /**
     * A replayer.
     *
     * @param producer where records go; see {@link ReplayProducer} for how to set it up
     * @param settings what is sent
     * @param clock when
     * @param listener hears of it
     */
    public Replayer(
            Producer<byte[], byte[]> producer,
            ReplaySettings settings,
            ReplayClock clock,
            ReplayListener listener) {
        this.settings = settings;
        this.clock = clock;
        this.listener = listener;
        this.sender = new Sender(producer, settings, clock, tally);
        this.extras = new Extras(settings.disturbance());
        this.schedule = Schedule.from(clock);
    }

    /**
     * Sends all requests, each at its offset from now, and waits until the broker has them or never
     * will. Returns early when stopped or interrupted; then too it waits for what was sent, but not
     * longer than ten seconds.
     *
     * @param requests in the order of their offsets; read a little ahead of their time
     * @throws TraceException when the source of the requests breaks; what was read before is sent
     *     first, and {@link #result} tells what became of it
     */
    public ReplayResult run(Iterator<ShapedRequest> requests) {
        if (claimed.getAndSet(true)) {
            throw new IllegalStateException("a replayer runs one replay");
        }
        // The first row of a file takes a while to read; the clock starts after that.
        boolean unused = requests.hasNext();
        sender.warmUp();
        schedule = Schedule.from(clock);
        nextProgressNanos = schedule.startNanos();
        LookAhead lookAhead = new LookAhead(requests, sender, schedule);
        boolean interrupted = false;
        while (!isOver(lookAhead)) {
            // Cleared while the end is awaited: an interrupted thread cannot park.
            interrupted |= Thread.interrupted();
            if (stopRequested || interrupted) {
                abandon(lookAhead);
            }
            step(lookAhead);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        listener.progress(progress());
        if (lookAhead.broken() != null) {
            throw lookAhead.broken();
        }
        return result();
    }

    private boolean isOver(LookAhead lookAhead) {
        return lookAhead.isDone()
                && extras.isEmpty()
                && (tally.inFlight() == 0 || clock.nanos() >= giveUpNanos);
    }

    private void step(LookAhead lookAhead) {
        long now = clock.nanos();
        sendDue(lookAhead, now);
        if (now >= nextProgressNanos) {
            listener.progress(progress());
            nextProgressNanos = now + settings.progressEvery().toNanos();
        }
        if (lookAhead.wantsMore(now)) {
            lookAhead.read();
        } else if (!isOver(lookAhead)) {
            long next = Math.min(lookAhead.nextDueNanos(), extras.nextDueNanos());
            clock.parkUntil(Math.min(next, nextProgressNanos));
        }
    }

    private void sendDue(LookAhead lookAhead, long now) {
        for (Departure due = lookAhead.pollDue(now); due != null; due = lookAhead.pollDue(now)) {
            sendExtras(Math.min(now, due.dueNanos()));
            byte[] value = sender.send(due, schedule);
            if (value != null) {
                extras.follow(due.request(), due.dueNanos(), value);
            }
        }
        sendExtras(now);
    }

    private void sendExtras(long untilNanos) {
        while (extras.nextDueNanos() <= untilNanos) {
            sender.send(extras.poll(), schedule);
        }
    }

    private void abandon(LookAhead lookAhead) {
        if (!lookAhead.isDone() || !extras.isEmpty()) {
            stopped = true;
            tally.stopped(lookAhead.abandon());
            extras.clear();
        }
        if (giveUpNanos == Long.MAX_VALUE) {
            giveUpNanos = clock.nanos() + STOP_PATIENCE.toNanos();
        }
    }

    /** Asks the replay to send nothing more and to end once all that was sent is accounted for. */
    public void stop() {
        stopRequested = true;
        clock.wake();
    }

    /** How far the replay has got. */
    public ReplayProgress progress() {
        return tally.progress(clock.nanos() - schedule.startNanos());
    }

    /** The account so far; final once {@link #run} has returned or thrown. */
    public ReplayResult result() {
        return tally.result(schedule, clock.nanos() - schedule.startNanos(), stopped);
    }
}
