package io.sluice.jobs.testing;

import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.RunMeasures;
import io.sluice.core.model.WorkerReport;
import io.sluice.jobs.flow.CommandMessage;
import io.sluice.jobs.flow.WorkerLogRecord;
import io.sluice.jobs.flow.WorkerReportMessage;
import io.sluice.sim.worker.DispatchId;
import io.sluice.sim.worker.HeapLedger;
import io.sluice.sim.worker.LedgerEntry;
import io.sluice.sim.worker.Reports;
import io.sluice.sim.worker.WorkerEngine;
import io.sluice.sim.worker.WorkerLog;
import io.sluice.sim.worker.WorkerProtocol;
import io.sluice.sim.worker.WorkerSettings;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Workers that outlive the job: the real protocol, over an engine whose runs end as soon as no
 * command is waiting, unless the test holds them. Their clock stands still, so none of them is ever
 * late with a heartbeat.
 */
public final class MemoryFleet implements AutoCloseable {

    private static final long STANDING_CLOCK = 0;
    private static final RunMeasures MEASURES = new RunMeasures(0, 1, 1, 1, 1, 1, 0, "stop");

    private final MemoryTopic<WorkerLogRecord> log;
    private final Map<String, Worker> workers = new TreeMap<>();
    private final Deque<CommandMessage> commands = new ArrayDeque<>();
    private final List<DispatchId> completed = new ArrayList<>();
    private final List<String> wrongs = new ArrayList<>();
    private final Thread thread = new Thread(this::work, "memory-fleet");
    private boolean held;
    private boolean closed;

    /**
     * Starts workers.
     *
     * @param log where they report
     * @param capacities what each of them advertises, by instance
     */
    public MemoryFleet(MemoryTopic<WorkerLogRecord> log, Map<String, InstanceCapacity> capacities) {
        this.log = log;
        capacities.forEach((id, capacity) -> workers.put(id, new Worker(id, capacity)));
        workers.values().forEach(worker -> worker.protocol.start(STANDING_CLOCK));
        thread.setDaemon(true);
        thread.start();
    }

    /** Takes in a command, for the worker's own thread to look at. */
    public synchronized void take(CommandMessage command) {
        commands.add(command);
        notifyAll();
    }

    /** From now on no run ends. */
    public synchronized void hold() {
        held = true;
    }

    /** Runs end again. */
    public synchronized void letGo() {
        held = false;
        notifyAll();
    }

    /** Runs that have completed, in their order. */
    public synchronized List<DispatchId> completed() {
        return List.copyOf(completed);
    }

    /** Runs that have been accepted and not ended. */
    public synchronized int running() {
        return workers.values().stream().mapToInt(worker -> worker.running.size()).sum();
    }

    /** Commands to run what an honest job would not have run again, and failures of the fleet. */
    public synchronized List<String> wrongs() {
        return List.copyOf(wrongs);
    }

    /** Waits until something is true of the fleet. */
    public synchronized void await(Predicate<MemoryFleet> wanted, Duration patience)
            throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!wanted.test(this)) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new TimeoutException(
                        "%d runs, %d completed, wrong: %s"
                                .formatted(running(), completed.size(), wrongs));
            }
            wait(Math.max(1, left / 1_000_000));
        }
    }

    private synchronized void work() {
        try {
            while (!closed) {
                if (!commands.isEmpty()) {
                    CommandMessage command = commands.poll();
                    workers.get(command.address().instanceId()).take(command);
                    notifyAll();
                } else if (held || running() == 0) {
                    wait();
                } else {
                    endOne();
                    notifyAll();
                }
            }
        } catch (InterruptedException | RuntimeException e) {
            wrongs.add("the fleet has stopped: " + e);
        }
    }

    private void endOne() {
        workers.values().stream()
                .filter(worker -> !worker.running.isEmpty())
                .findFirst()
                .ifPresent(Worker::endOldest);
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** One worker. */
    private final class Worker implements WorkerEngine, WorkerLog {

        private final WorkerProtocol protocol;
        private final HeapLedger ledger = new HeapLedger();
        private final Map<DispatchId, LaneEffect.Dispatch> running = new LinkedHashMap<>();

        Worker(String instanceId, InstanceCapacity capacity) {
            protocol =
                    new WorkerProtocol(
                            instanceId,
                            capacity,
                            WorkerSettings.DEFAULTS,
                            new WorkerProtocol.Ports(ledger, this, this));
        }

        void take(CommandMessage message) {
            LaneEffect.Command command = Commands.toCore(message);
            if (command instanceof LaneEffect.Dispatch dispatch
                    && dispatch.address().epoch() >= protocol.epoch()) {
                check(dispatch);
            }
            protocol.command(command, STANDING_CLOCK);
        }

        /**
         * An attempt that failed or was given back may come again, one that runs or ran may not.
         */
        private void check(LaneEffect.Dispatch dispatch) {
            LedgerEntry known = ledger.find(id(dispatch));
            if (known != null
                    && (known.terminal() == null
                            || known.terminal() instanceof WorkerReport.Completed)) {
                wrongs.add("%s came again: %s".formatted(id(dispatch), known));
            }
        }

        void endOldest() {
            DispatchId oldest = running.keySet().iterator().next();
            running.remove(oldest);
            int fate = Math.floorMod((oldest + " fate").hashCode(), 20);
            if (fate < 3) {
                protocol.failed(oldest, fate > 0, "unlucky", "some runs fail", STANDING_CLOCK);
            } else {
                completed.add(oldest);
                protocol.completed(oldest, MEASURES, STANDING_CLOCK);
            }
        }

        @Override
        public void start(LaneEffect.Dispatch command) {
            running.put(id(command), command);
        }

        @Override
        public void stop(DispatchId id) {
            running.remove(id);
        }

        private DispatchId id(LaneEffect.Dispatch command) {
            return new DispatchId(command.request().key(), command.attempt());
        }

        @Override
        public void open(long incarnation) {}

        @Override
        public void append(WorkerReport report) {
            log.appendAt(
                    position ->
                            new WorkerLogRecord(
                                    position,
                                    WorkerReportMessage.of(
                                            Reports.readAt(report, position.timestampMillis())),
                                    null));
        }
    }
}
