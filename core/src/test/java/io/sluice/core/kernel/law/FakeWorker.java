package io.sluice.core.kernel.law;

import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.model.AcceptedRun;
import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.RunId;
import io.sluice.core.model.WorkerReport;
import io.sluice.core.testing.WorkerLog;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A small honest worker: it keeps a ledger, says what happens in the order in which it happens, and
 * runs nothing twice. Crashes of the job do not touch it.
 */
final class FakeWorker {

    /** How a run may end. */
    enum End {
        COMPLETED,
        FAILED,
        FAILED_FOR_GOOD,
        GIVEN_BACK,
        CANCELLED
    }

    /** A dispatch id. */
    record Id(RequestKey key, int attempt) {
        static Id of(RunId run) {
            return new Id(run.key(), run.attempt());
        }
    }

    private final String instanceId;
    private final InstanceCapacity capacity;
    private final boolean strict;
    private final Consumer<WorkerReport> out;
    private final Map<Id, AcceptedRun> running = new LinkedHashMap<>();
    private final Map<Id, End> ended = new HashMap<>();
    private final Set<Id> completed = new HashSet<>();

    private WorkerLog log;
    private long incarnation;
    private long epoch;
    private boolean alive;
    private boolean draining;

    /**
     * Creates a worker that has not started.
     *
     * @param strict whether to refuse to be told to run again what has completed
     */
    FakeWorker(
            String instanceId,
            InstanceCapacity capacity,
            boolean strict,
            Consumer<WorkerReport> out) {
        this.strict = strict;
        this.instanceId = instanceId;
        this.capacity = capacity;
        this.out = out;
    }

    boolean isAlive() {
        return alive;
    }

    Set<Id> completed() {
        return completed;
    }

    List<Id> running() {
        return List.copyOf(running.keySet());
    }

    /** The process goes; its ledger stays. */
    void kill() {
        alive = false;
    }

    /** A new process says what became of the runs of the one before, then presents itself. */
    void start(long now) {
        incarnation++;
        log = new WorkerLog(instanceId, incarnation).epoch(epoch).at(now);
        alive = true;
        draining = false;
        running().forEach(id -> end(id, End.GIVEN_BACK, now));
        out.accept(log.registered(capacity));
    }

    void heartbeat(long now) {
        heartbeat(0, now);
    }

    private void heartbeat(long syncSeq, long now) {
        if (alive) {
            out.accept(
                    log.epoch(epoch)
                            .at(now)
                            .heartbeat(capacity, syncSeq, draining, running.values()));
        }
    }

    void take(LaneEffect.Command command, long now) {
        LaneEffect.Address address = command.address();
        if (!alive || address.incarnation() != incarnation) {
            return;
        }
        log.at(now);
        if (address.epoch() < epoch) {
            if (command instanceof LaneEffect.Dispatch dispatch) {
                out.accept(log.refused(runOf(dispatch)));
            }
            return;
        }
        epoch = address.epoch();
        log.epoch(epoch);
        if (command instanceof LaneEffect.Dispatch dispatch) {
            dispatch(dispatch);
        } else if (command instanceof LaneEffect.Stop stop) {
            end(new Id(stop.key(), stop.attempt()), End.CANCELLED, now);
        } else if (command instanceof LaneEffect.Sync) {
            heartbeat(address.seq(), now);
        } else if (command instanceof LaneEffect.DrainWorker drain) {
            draining = drain.draining();
            out.accept(log.draining(draining));
        } else if (command instanceof LaneEffect.Fence) {
            start(now);
        }
    }

    private static RunId runOf(LaneEffect.Dispatch command) {
        return new RunId(command.request().key(), command.attempt(), command.address().epoch());
    }

    private void dispatch(LaneEffect.Dispatch command) {
        RunId run = runOf(command);
        Id id = Id.of(run);
        if (running.containsKey(id)) {
            throw new AssertionError("dispatched again while it runs: " + run);
        }
        if (ended.containsKey(id)) {
            repeatEnd(run);
        } else if (draining) {
            ended.put(id, End.GIVEN_BACK);
            out.accept(log.givenBack(run));
        } else {
            running.put(id, new AcceptedRun(run, command.request().reservedTokens(), 0));
            out.accept(log.accepted(run));
        }
    }

    /** A job that was taken back in time may reuse the number of an attempt that has failed. */
    private void repeatEnd(RunId run) {
        if (strict && completed.contains(Id.of(run))) {
            throw new AssertionError("dispatched again after it completed: " + run);
        }
        report(run, ended.get(Id.of(run)));
    }

    void end(Id id, End end, long now) {
        AcceptedRun run = running.remove(id);
        if (run != null) {
            ended.put(id, end);
            log.at(now);
            report(run.run(), end);
        }
    }

    private void report(RunId run, End end) {
        switch (end) {
            case COMPLETED -> {
                completed.add(Id.of(run));
                out.accept(log.completed(run));
            }
            case FAILED -> out.accept(log.failed(run, true));
            case FAILED_FOR_GOOD -> out.accept(log.failed(run, false));
            case GIVEN_BACK -> out.accept(log.givenBack(run));
            case CANCELLED -> out.accept(log.cancelled(run));
        }
    }
}
