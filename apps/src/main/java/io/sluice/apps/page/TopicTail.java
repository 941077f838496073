package io.sluice.apps.page;

import io.sluice.apps.cli.KafkaAccess;
import io.sluice.apps.page.FeedStatus.State;

import org.apache.kafka.common.errors.WakeupException;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a model up to date with the topics, in one thread, until it is closed. A broker that does
 * not answer is a state, after which the reading goes on where it was.
 */
final class TopicTail implements AutoCloseable {

    private static final long RETRY_MILLIS = 2_000;
    private static final long CLOSE_PATIENCE_MILLIS = 5_000;

    private final KafkaAccess kafka;
    private final TailPositions positions;
    private final RecordIntake intake;
    private final Clock clock;
    private final Thread thread = new Thread(this::run, "page-tail");
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile FeedStatus status;
    private volatile @Nullable TailConsumer open;

    TopicTail(KafkaAccess kafka, RecordIntake intake, Clock clock) {
        this.kafka = kafka;
        this.clock = clock;
        this.intake = intake;
        this.positions = new TailPositions(topic -> intake.beginMillis(topic, clock.millis()));
        this.status = new FeedStatus(State.CONNECTING, clock.millis(), "");
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    FeedStatus status() {
        return status;
    }

    /** Of the reading thread only. */
    private void become(State state, String detail) {
        status = status.then(state, detail, clock.millis());
    }

    private void run() {
        while (stopped.getCount() > 0) {
            try (TailConsumer consumer = new TailConsumer(kafka, intake, positions)) {
                open = consumer;
                follow(consumer);
            } catch (WakeupException closed) {
                return;
            } catch (RuntimeException failure) {
                become(State.UNREACHABLE, String.valueOf(kafka.failure(failure).getMessage()));
                pause();
            } finally {
                open = null;
            }
        }
    }

    private void follow(TailConsumer consumer) {
        while (stopped.getCount() > 0) {
            if (!consumer.step(clock.millis())) {
                become(State.UNREACHABLE, kafka.bootstrapServers() + " does not answer");
            } else if (consumer.isReadingBack()) {
                become(State.READING_BACK, "");
            } else if (consumer.missing().isEmpty()) {
                become(State.LIVE, "");
            } else {
                become(State.TOPICS_MISSING, String.join(", ", consumer.missing()));
            }
        }
    }

    private void pause() {
        try {
            stopped.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException ended) {
            stopped.countDown();
        }
    }

    /** Returns when it was closed. */
    void awaitEnd() {
        try {
            stopped.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopped.countDown();
        TailConsumer consumer = open;
        if (consumer != null) {
            consumer.stop();
        }
        try {
            thread.join(CLOSE_PATIENCE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
