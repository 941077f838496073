package io.sluice.apps.worker;

import io.sluice.schemas.DecodeException;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Carries what the reader and the sender have to say to the loop, which is made after them. */
final class Signals implements CommandReader.Listener, EventSender.Listener {

    private final WorkerMetrics metrics;
    private final Consumer<String> notices;
    private final AtomicBoolean unreadableTold = new AtomicBoolean();
    private volatile @Nullable WorkerLoop loop;

    Signals(WorkerMetrics metrics, Consumer<String> notices) {
        this.metrics = metrics;
        this.notices = notices;
    }

    void connect(WorkerLoop made) {
        loop = made;
    }

    private WorkerLoop loop() {
        WorkerLoop connected = loop;
        if (connected == null) {
            throw new IllegalStateException("a signal came before the worker was put together");
        }
        return connected;
    }

    @Override
    public void read(List<Receipt> commands) {
        loop().commands(commands);
    }

    @Override
    public void unreadable(String where, DecodeException reason) {
        metrics.ignored("unreadable");
        if (unreadableTold.compareAndSet(false, true)) {
            notices.accept(
                    "skips record %s, and counts more of the kind: %s"
                            .formatted(where, reason.getMessage()));
        }
    }

    @Override
    public void acknowledged(long incarnation, long seq) {
        loop().acknowledged(incarnation, seq);
    }

    @Override
    public void silenced(long incarnation, String reason) {
        notices.accept(
                "the broker did not take a report of incarnation %d in time (%s); it falls silent"
                        .formatted(incarnation, reason));
    }

    @Override
    public void failed(RuntimeException reason) {
        loop().fail(reason);
    }
}
