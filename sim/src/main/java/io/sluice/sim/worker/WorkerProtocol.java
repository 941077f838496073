package io.sluice.sim.worker;

import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.model.AcceptedRun;
import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.Progress;
import io.sluice.core.model.RequestFacts;
import io.sluice.core.model.RunId;
import io.sluice.core.model.RunMeasures;
import io.sluice.core.model.WorkerReport;
import io.sluice.core.model.WorkerReport.ReportOrigin;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A worker, as the job sees it: it takes commands, runs what they say on an engine, and reports the
 * truth about it, in order and only while its lease runs.
 *
 * <p>Single-threaded and deterministic. Every time is the worker's own monotonic clock, in
 * milliseconds. The owner calls {@link #start} once, then any other method, and {@link #wakeup}
 * when {@link #nextWakeupMillis} has come. A process that died is followed by a new object over the
 * same ledger.
 */
public final class WorkerProtocol {

    /** What a worker works with. */
    public record Ports(WorkerLedger ledger, WorkerLog log, WorkerEngine engine) {}

    /** A run that the engine has, and what its outcome will say of the request. */
    private record Running(LedgerEntry entry, RequestFacts facts) {
        RunId id() {
            return entry.run();
        }
    }

    private final String instanceId;
    private final InstanceCapacity capacity;
    private final WorkerSettings settings;
    private final WorkerLedger ledger;
    private final WorkerLog log;
    private final WorkerEngine engine;
    private final LinkedHashMap<DispatchId, Running> running = new LinkedHashMap<>();
    private final EndedRuns ended;

    private @Nullable ReportWriter writer;
    private long epoch;
    private boolean draining;
    private long nextHeartbeatMillis;

    /**
     * Creates a worker that has not presented itself yet.
     *
     * @param instanceId instance that it is the worker of
     * @param capacity what it advertises
     * @param settings how it behaves; its lease is the job's
     * @param ports what it works with
     */
    public WorkerProtocol(
            String instanceId, InstanceCapacity capacity, WorkerSettings settings, Ports ports) {
        this.instanceId = instanceId;
        this.capacity = capacity;
        this.settings = settings;
        this.ledger = ports.ledger();
        this.ended = new EndedRuns(ledger);
        this.log = ports.log();
        this.engine = ports.engine();
    }

    /** Says what became of the runs of an earlier process, then presents a new incarnation. */
    public void start(long now) {
        ledger.entries().forEach(entry -> ended.remember(entry.id(), now));
        begin(now);
    }

    /**
     * Presents a new incarnation, which holds nothing: every run that the ledger knows has its
     * terminal report in the log before it.
     */
    private void begin(long now) {
        ReportWriter fresh = new ReportWriter(instanceId, ledger.nextIncarnation(), log, now);
        writer = fresh;
        for (LedgerEntry entry : ledger.entries()) {
            LedgerEntry closed = entry;
            if (entry.terminal() == null) {
                closed = entry.ended(new WorkerReport.GivenBack(origin(), entry.run()));
                ledger.put(closed);
                publish(closed, closed.terminal(), now);
            } else if (!entry.published()) {
                publish(entry, restate(entry.terminal()), now);
            }
        }
        append(new WorkerReport.Registered(origin(), capacity), now);
        if (draining) {
            append(new WorkerReport.Draining(origin(), true), now);
        }
        nextHeartbeatMillis = now + settings.heartbeatMillis();
    }

    /** The incarnation that presents itself at present; 0 before {@link #start}. */
    public long incarnation() {
        return writer == null ? 0 : writer.incarnation();
    }

    /** Highest job epoch seen. */
    public long epoch() {
        return epoch;
    }

    /** Whether it takes no more work. */
    public boolean isDraining() {
        return draining;
    }

    /** Runs taken in and not reported terminal. */
    public int runningCount() {
        return running.size();
    }

    /**
     * Takes in a command, in the order of the partition it was read from. One for another instance
     * or another incarnation is ignored.
     */
    public void command(LaneEffect.Command command, long now) {
        LaneEffect.Address address = command.address();
        if (fenceIfLate(now)
                || !address.instanceId().equals(instanceId)
                || address.incarnation() != incarnation()) {
            return;
        }
        if (address.epoch() < epoch) {
            refuseStale(command, now);
            return;
        }
        epoch = address.epoch();
        if (command instanceof LaneEffect.Dispatch dispatch) {
            dispatch(dispatch, now);
        } else if (command instanceof LaneEffect.Stop stop) {
            stop(new DispatchId(stop.key(), stop.attempt()), WorkerReport.Cancelled::new, now);
        } else if (command instanceof LaneEffect.Preempt preempt) {
            interrupt(new DispatchId(preempt.key(), preempt.attempt()), now);
        } else if (command instanceof LaneEffect.Sync) {
            heartbeat(address.seq(), now);
        } else if (command instanceof LaneEffect.DrainWorker drain) {
            drain(drain.draining(), now);
        } else if (command instanceof LaneEffect.Fence) {
            renew(now);
        }
    }

    private void refuseStale(LaneEffect.Command command, long now) {
        if (command instanceof LaneEffect.Dispatch dispatch) {
            String message =
                    "command of epoch %d came after one of epoch %d"
                            .formatted(dispatch.address().epoch(), epoch);
            refuse(dispatch, new WorkerEngine.Refusal("stale_epoch", message), now);
        }
    }

    private void refuse(LaneEffect.Dispatch command, WorkerEngine.Refusal refusal, long now) {
        RunId run = runOf(command);
        append(new WorkerReport.Refused(origin(), run, refusal.code(), refusal.message()), now);
    }

    private void dispatch(LaneEffect.Dispatch command, long now) {
        RunId run = runOf(command);
        LedgerEntry known = ledger.find(DispatchId.of(run));
        if (known != null) {
            if (known.terminal() != null) {
                publish(known, restate(known.terminal()), now);
            }
            return;
        }
        Optional<WorkerEngine.Refusal> refusal = engine.refusal(command);
        if (refusal.isPresent()) {
            refuse(command, refusal.get(), now);
            return;
        }
        AcceptedRun accepted =
                new AcceptedRun(
                        run, command.request().reservedTokens(), command.request().priority());
        LedgerEntry entry = LedgerEntry.accepted(accepted);
        if (draining) {
            end(entry, origin -> new WorkerReport.GivenBack(origin, run), now);
            return;
        }
        ledger.put(entry);
        running.put(entry.id(), new Running(entry, RequestFacts.of(command.request())));
        append(new WorkerReport.Accepted(origin(), run), now);
        engine.start(command);
    }

    private static RunId runOf(LaneEffect.Dispatch command) {
        return new RunId(command.request().key(), command.attempt(), command.address().epoch());
    }

    private void stop(
            DispatchId id, BiFunction<ReportOrigin, RunId, WorkerReport.OfRun> terminal, long now) {
        Running run = running.remove(id);
        if (run != null) {
            engine.stop(id);
            end(run.entry(), origin -> terminal.apply(origin, run.id()), now);
        }
    }

    /** A run that has ended by now has its terminal report in the log, and that is the answer. */
    private void interrupt(DispatchId id, long now) {
        if (running.containsKey(id)) {
            engine.interrupt(id).ifPresent(progress -> interrupted(id, progress, now));
        }
    }

    /**
     * A run was interrupted, as was wanted.
     *
     * @param progress how far it had come, and what of that is kept for when it comes back
     */
    public void interrupted(DispatchId id, Progress progress, long now) {
        engineEnded(
                id, (origin, run) -> new WorkerReport.Preempted(origin, run.id(), progress), now);
    }

    /** Takes no more work, or takes work again; what runs goes on. */
    private void drain(boolean nowDraining, long now) {
        draining = nowDraining;
        append(new WorkerReport.Draining(origin(), nowDraining), now);
    }

    /** Takes no more work, by its own decision; what runs goes on. */
    public void retire(long now) {
        boolean known = draining;
        draining = true;
        if (!fenceIfLate(now) && !known) {
            drain(true, now);
        }
    }

    /** Stops everything, gives it back and takes no more work: what to do before a clean exit. */
    public void leave(long now) {
        retire(now);
        List.copyOf(running.keySet()).forEach(id -> stop(id, WorkerReport.GivenBack::new, now));
    }

    /** Gives back a run: one that has not started, so that nothing is lost by it. */
    public void giveBack(DispatchId id, long now) {
        if (!fenceIfLate(now)) {
            stop(id, WorkerReport.GivenBack::new, now);
        }
    }

    /** A run has produced its first token, or more of them since it was last said. */
    public void progressed(DispatchId id, long now) {
        if (!fenceIfLate(now)) {
            Running run = running.get(id);
            if (run != null) {
                append(new WorkerReport.Progressed(origin(), run.id()), now);
            }
        }
    }

    /** A run has produced its last token. */
    public void completed(DispatchId id, RunMeasures measures, long now) {
        engineEnded(
                id,
                (origin, run) ->
                        new WorkerReport.Completed(origin, run.id(), run.facts(), measures),
                now);
    }

    /** A run has failed. */
    public void failed(DispatchId id, boolean retriable, String code, String message, long now) {
        engineEnded(
                id,
                (origin, run) ->
                        new WorkerReport.Failed(origin, run.id(), retriable, code, message),
                now);
    }

    /** The engine holds a run no more; one that was ended otherwise before is of no interest. */
    private void engineEnded(
            DispatchId id,
            BiFunction<ReportOrigin, Running, WorkerReport.OfRun> terminal,
            long now) {
        if (!fenceIfLate(now)) {
            Running run = running.remove(id);
            if (run != null) {
                end(run.entry(), origin -> terminal.apply(origin, run), now);
            }
        }
    }

    /** The ledger first, so that the truth survives even if the log never hears of it. */
    private void end(
            LedgerEntry entry, Function<ReportOrigin, WorkerReport.OfRun> terminal, long now) {
        WorkerReport.OfRun report = terminal.apply(origin());
        LedgerEntry closed = entry.ended(report);
        ledger.put(closed);
        ended.remember(closed.id(), now);
        publish(closed, report, now);
    }

    /**
     * The broker has every report of an incarnation up to a number.
     *
     * @param byIncarnation incarnation that wrote them; an earlier one is of no interest any more
     */
    public void acknowledged(long byIncarnation, long upToSeq) {
        if (writer != null && writer.incarnation() == byIncarnation) {
            writer.acknowledged(upToSeq, this::published);
        }
    }

    private void published(DispatchId id) {
        LedgerEntry entry = ledger.find(id);
        if (entry != null && entry.terminal() != null) {
            ledger.put(entry.markPublished());
        }
    }

    /** The time that {@link #nextWakeupMillis} asked for has come, or may have. */
    public void wakeup(long now) {
        if (!fenceIfLate(now) && now >= nextHeartbeatMillis) {
            ended.forget(now - settings.ledgerMillis());
            heartbeat(0, now);
            nextHeartbeatMillis = now + settings.heartbeatMillis();
        }
    }

    /** When to call {@link #wakeup}. */
    public long nextWakeupMillis() {
        return Math.min(nextHeartbeatMillis, fenceAtMillis());
    }

    private long fenceAtMillis() {
        return writer().aliveSinceMillis() + settings.fenceMillis();
    }

    private void heartbeat(long syncSeq, long now) {
        List<AcceptedRun> accepted = new ArrayList<>(running.size());
        running.forEach((id, run) -> accepted.add(run.entry().accepted().at(engine.reached(id))));
        append(new WorkerReport.Heartbeat(origin(), capacity, accepted, syncSeq, draining), now);
    }

    /**
     * Whether this incarnation's time is over. Checked before anything is started or said, so that
     * nobody hears of a worker that may have been declared dead.
     */
    private boolean fenceIfLate(long now) {
        if (now < fenceAtMillis()) {
            return false;
        }
        renew(now);
        return true;
    }

    private void renew(long now) {
        running.keySet().forEach(engine::stop);
        running.keySet().forEach(id -> ended.remember(id, now));
        running.clear();
        begin(now);
    }

    private void publish(LedgerEntry entry, WorkerReport.@Nullable OfRun report, long now) {
        if (report == null) {
            throw new IllegalStateException("run %s has not ended".formatted(entry.id()));
        }
        writer().appendTerminal(report, now);
    }

    private WorkerReport.OfRun restate(WorkerReport.OfRun report) {
        return (WorkerReport.OfRun) Reports.from(report, origin());
    }

    private void append(WorkerReport report, long now) {
        writer().append(report, now);
    }

    private ReportOrigin origin() {
        return writer().next(epoch);
    }

    private ReportWriter writer() {
        if (writer == null) {
            throw new IllegalStateException("worker %s has not been started".formatted(instanceId));
        }
        return writer;
    }
}
