package io.sluice.apps.worker;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.cli.KafkaAccess;
import io.sluice.apps.worker.ledger.LedgerException;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A worker of a simulated GPU server: reads commands, runs them, reports. It ends when it is told
 * to {@link #leave}, or when it can no longer read, write or remember.
 */
public final class SimulatedWorker implements AutoCloseable {

    private final WorkerSpec spec;
    private final KafkaAccess kafka;
    private final WorkerParts parts;
    private final AtomicBoolean started = new AtomicBoolean();
    private final CompletableFuture<WorkerSummary> ended = new CompletableFuture<>();

    private SimulatedWorker(WorkerSpec spec, KafkaAccess kafka, WorkerParts parts) {
        this.spec = spec;
        this.kafka = kafka;
        this.parts = parts;
    }

    /**
     * Makes a worker that does nothing yet, but has asked the broker for its topics, found the end
     * of its dispatch partition, and holds its ledger.
     *
     * @param spec the worker
     * @param kafka its broker and topics
     * @param notices receives lines for people, in any thread
     * @throws CommandException if the broker does not answer, a topic is missing, or the ledger
     *     cannot be used
     */
    public static SimulatedWorker prepare(
            WorkerSpec spec, KafkaAccess kafka, Consumer<String> notices) {
        try {
            return new SimulatedWorker(spec, kafka, WorkerParts.assemble(spec, kafka, notices));
        } catch (LedgerException exception) {
            throw new CommandException(String.valueOf(exception.getMessage()), exception);
        }
    }

    /**
     * Sets it to work: in threads of its own it reports what became of the runs of an earlier
     * process, registers, and takes commands.
     *
     * @throws CommandException if the broker does not answer; then the worker has ended
     */
    public void start() {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("%s has been started".formatted(spec.instanceId()));
        }
        try {
            parts.sender().start();
        } catch (RuntimeException exception) {
            parts.close();
            ended.completeExceptionally(exception);
            throw kafka.failure(exception);
        }
        new Thread(this::run, "worker-" + spec.instanceId()).start();
        parts.reader().start();
    }

    private void run() {
        try {
            boolean told = parts.loop().run();
            parts.close();
            if (told) {
                ended.complete(parts.reporter().summary());
            } else {
                ended.completeExceptionally(untold());
            }
        } catch (InterruptedException | RuntimeException | Error failure) {
            parts.close();
            ended.completeExceptionally(failure);
        }
    }

    private CommandException untold() {
        return new CommandException(
                "Kafka on %s did not take the last reports of %s in time; its ledger keeps them, and its next start sends them"
                        .formatted(kafka.bootstrapServers(), spec.instanceId()));
    }

    /**
     * Ends it in order: it takes nothing more, gives back what has not started, and goes when the
     * rest has finished.
     *
     * @param drain how long what runs may take; it is given back then
     */
    public void leave(Duration drain) {
        parts.loop().leave(drain.toMillis());
    }

    /**
     * Waits until it has ended.
     *
     * @return what it did
     * @throws CommandException if it did not end in order; the message says why
     */
    public WorkerSummary await() {
        try {
            return ended.join();
        } catch (CompletionException exception) {
            Throwable cause = exception.getCause();
            throw cause instanceof LedgerException
                    ? new CommandException(String.valueOf(cause.getMessage()), cause)
                    : kafka.failure(cause == null ? exception : cause);
        }
    }

    /** Partition of the dispatch topic that it reads. */
    public int dispatchPartition() {
        return parts.partitions().dispatch();
    }

    /** Partition of the worker-events topic that it writes. */
    public int eventsPartition() {
        return parts.partitions().events();
    }

    /** Its metrics now, in the text format of Prometheus. */
    public String metrics() {
        return parts.reporter().metrics();
    }

    /** Ends it without patience for what runs, and waits until it has; how it ended is not told. */
    @Override
    public void close() {
        if (started.compareAndSet(false, true)) {
            parts.close();
            return;
        }
        leave(Duration.ZERO);
        ended.exceptionally(failure -> null).join();
    }
}
