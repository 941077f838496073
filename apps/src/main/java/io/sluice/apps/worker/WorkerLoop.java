package io.sluice.apps.worker;

import io.sluice.core.kernel.LaneEffect;
import io.sluice.sim.engine.EngineSnapshot;
import io.sluice.sim.worker.DispatchId;
import io.sluice.sim.worker.WorkerProtocol;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that owns the protocol and the engine. Everything from outside comes through its
 * queue; between two entries it sleeps until the engine or the protocol has something to do.
 */
final class WorkerLoop {

    /** Entries taken in before the engine is looked at again: each may cost a write to the disk. */
    private static final int BATCH = 16;

    /** What the loop owns. */
    record Parts(
            WorkerProtocol protocol,
            SimulatedGpu gpu,
            EventLog log,
            Occupancy occupancy,
            Intake intake) {}

    private final Parts parts;
    private final Departure departure;
    private final WorkerClock clock;
    private final LoopObserver observer;
    private final LinkedBlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();

    WorkerLoop(Parts parts, Departure departure, WorkerClock clock, LoopObserver observer) {
        this.parts = parts;
        this.departure = departure;
        this.clock = clock;
        this.observer = observer;
    }

    /** Takes in commands, in their order. Any thread. */
    void commands(List<Receipt> receipts) {
        inbox.add(() -> receipts.forEach(this::command));
    }

    /** The broker has reports. Any thread. */
    void acknowledged(long incarnation, long seq) {
        inbox.add(
                () -> {
                    parts.log().acknowledged(incarnation, seq);
                    parts.protocol().acknowledged(incarnation, seq);
                });
    }

    /** Ends the worker in order. Any thread. */
    void leave(long drainMillis) {
        inbox.add(() -> departure.ask(drainMillis, clock.millis()));
    }

    /** Ends the worker at once, as if the process had died: nothing more is said. Any thread. */
    void fail(RuntimeException reason) {
        inbox.add(
                () -> {
                    throw reason;
                });
    }

    /**
     * Runs until the worker has left.
     *
     * @return whether the broker has every report
     * @throws RuntimeException whatever ends it before
     */
    boolean run() throws InterruptedException {
        parts.protocol().start(clock.millis());
        while (!departure.isOver(clock.millis())) {
            step(inbox.poll(waitNanos(), TimeUnit.NANOSECONDS));
        }
        return departure.isTold();
    }

    private void step(@Nullable Runnable first) {
        letTimePass();
        // So that the answer to a sync tells of the time up to now.
        takeStock();
        Runnable next = first;
        for (int i = 0; next != null && i < BATCH; i++) {
            next.run();
            // What is taken in next may have come after this, and must not start before it came.
            letTimePass();
            next = i + 1 < BATCH ? inbox.poll() : null;
        }
        long now = clock.millis();
        parts.protocol().wakeup(now);
        departure.proceed(now);
        observer.stepped(
                takeStock(),
                parts.occupancy(),
                parts.protocol().runningCount(),
                clock.wallMillis() - clock.brokerMillis());
    }

    private void letTimePass() {
        parts.gpu().advance(clock.nanos(), parts.protocol(), clock.millis());
    }

    private EngineSnapshot takeStock() {
        SimulatedGpu gpu = parts.gpu();
        EngineSnapshot engine = gpu.snapshot();
        boolean draining = departure.isUnderWay() || parts.protocol().isDraining();
        parts.occupancy().observe(clock.nanos(), engine, gpu.reservedTokens(), draining);
        return engine;
    }

    private long waitNanos() {
        long millis = Math.min(parts.protocol().nextWakeupMillis(), departure.nextMillis());
        long nanos = Math.min(parts.gpu().nextEventNanos(), wholeMillis(millis));
        return inbox.isEmpty() ? Math.max(0, nanos - clock.nanos()) : 0;
    }

    private static long wholeMillis(long millis) {
        return millis == Long.MAX_VALUE ? millis : TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private void command(Receipt receipt) {
        LaneEffect.Command command;
        try {
            command = CommandMapping.command(receipt.command(), parts.protocol().incarnation());
        } catch (IllegalArgumentException exception) {
            observer.notUnderstood(receipt.command(), exception);
            return;
        }
        observer.understood(receipt.command());
        if (command instanceof LaneEffect.DrainWorker drain
                && !drain.draining()
                && departure.isUnderWay()) {
            // A worker that is going cannot be told to stay.
            return;
        }
        parts.intake().during(receipt, dispatched(command), () -> give(command));
    }

    private void give(LaneEffect.Command command) {
        parts.protocol().command(command, clock.millis());
        boolean meant = command.address().incarnation() == parts.protocol().incarnation();
        if (meant && command instanceof LaneEffect.Dispatch dispatch) {
            parts.occupancy().dispatched(dispatch.behind());
        }
    }

    private static @Nullable DispatchId dispatched(LaneEffect.Command command) {
        return command instanceof LaneEffect.Dispatch dispatch
                ? new DispatchId(dispatch.request().key(), dispatch.attempt())
                : null;
    }
}
