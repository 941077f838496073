package io.sluice.jobs.epoch;

import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Emits one epoch when it starts, larger than any before it, and publishes its tick from then on. A
 * publisher that fails fails the job: without ticks it would hear of no death and, after the next
 * restore, of no epoch.
 */
final class EpochReader implements SourceReader<Long, EpochSplit> {

    private static final long TICK_MILLIS = 1_000;

    private final Clock clock;
    private final TickPublisher.Factory publisher;
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private final CompletableFuture<Void> failed = new CompletableFuture<>();
    private CompletableFuture<Void> assigned = new CompletableFuture<>();
    private @Nullable EpochSplit split;
    private @Nullable ScheduledExecutorService ticker;
    private @Nullable TickPublisher ticks;

    EpochReader(Clock clock, TickPublisher.Factory publisher) {
        this.clock = clock;
        this.publisher = publisher;
    }

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<Long> output) {
        RuntimeException problem = failure.get();
        if (problem != null) {
            throw problem;
        }
        if (split != null && ticker == null) {
            long epoch = Math.max(split.epoch() + 1, clock.millis());
            split = new EpochSplit(epoch);
            output.collect(epoch);
            startTicking(epoch);
        }
        return InputStatus.NOTHING_AVAILABLE;
    }

    private void startTicking(long epoch) {
        ticker =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread thread = new Thread(task, "sluice-tick");
                            thread.setDaemon(true);
                            return thread;
                        });
        TickPublisher opened = publisher.open();
        ticks = opened;
        ticker.scheduleAtFixedRate(
                () -> tick(opened, epoch), 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tick(TickPublisher opened, long epoch) {
        try {
            opened.publish(epoch);
        } catch (RuntimeException e) {
            failure.set(e);
            failed.complete(null);
        }
    }

    @Override
    public List<EpochSplit> snapshotState(long checkpointId) {
        return split == null ? List.of() : List.of(split);
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return split == null || ticker == null ? assigned : failed;
    }

    @Override
    public void addSplits(List<EpochSplit> splits) {
        split = splits.get(0);
        assigned.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {
        if (ticker != null) {
            ticker.shutdownNow();
        }
        if (ticks != null) {
            ticks.close();
        }
    }
}
