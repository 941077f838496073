package io.sluice.demo.run;

import io.sluice.apps.cli.KafkaAccess;
import io.sluice.apps.replay.ReplayClock;
import io.sluice.apps.replay.ReplayListener;
import io.sluice.apps.replay.ReplayProducer;
import io.sluice.apps.replay.ReplayResult;
import io.sluice.apps.replay.ReplaySettings;
import io.sluice.apps.replay.Replayer;
import io.sluice.apps.replay.RequestFields;
import io.sluice.apps.replay.RequestIds;
import io.sluice.apps.trace.shape.ShapedRequest;

import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The replayer of a run, in a thread of its own. */
final class DemoReplay implements AutoCloseable {

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    private final ReplayProducer producer;
    private final Replayer replayer;
    private final CompletableFuture<ReplayResult> result = new CompletableFuture<>();

    private DemoReplay(ReplayProducer producer, Replayer replayer) {
        this.producer = producer;
        this.replayer = replayer;
    }

    /**
     * Starts sending.
     *
     * @param requests read by the thread that sends
     */
    static DemoReplay start(
            Iterator<ShapedRequest> requests, DemoSettings settings, KafkaAccess kafka) {
        RequestIds ids = RequestIds.of(settings.workload().trace().name(), settings.seed());
        ReplayProducer producer = ReplayProducer.open(kafka);
        Replayer replayer =
                new Replayer(
                        producer.producer(),
                        ReplaySettings.of(RequestFields.of(ids)),
                        ReplayClock.system(),
                        ReplayListener.NONE);
        DemoReplay replay = new DemoReplay(producer, replayer);
        Thread thread = new Thread(() -> replay.run(requests), "replay");
        thread.setDaemon(true);
        thread.start();
        return replay;
    }

    private void run(Iterator<ShapedRequest> requests) {
        try {
            result.complete(replayer.run(requests));
        } catch (RuntimeException | Error failure) {
            result.completeExceptionally(failure);
        }
    }

    /**
     * The account, once all is sent and the broker has it; empty while it still sends.
     *
     * @throws RuntimeException if the trace broke
     */
    Optional<ReplayResult> result() {
        try {
            return Optional.ofNullable(result.getNow(null));
        } catch (CompletionException exception) {
            throw exception.getCause() instanceof RuntimeException cause ? cause : exception;
        }
    }

    /** Stops sending. */
    @Override
    public void close() {
        replayer.stop();
        try {
            result.get(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException ended) {
            // The failure was reported while it ran; what the broker does not take is given up.
        } finally {
            producer.close();
        }
    }
}
