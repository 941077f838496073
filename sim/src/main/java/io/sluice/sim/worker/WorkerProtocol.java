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

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

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

    private final String instanceId;
    private final InstanceCapacity capacity;
    private final WorkerSettings settings;
    private final WorkerLedger ledger;
    private final WorkerEngine engine;
    private final WorkerVoice voice;
    private final WorkerRuns runs;

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
        this.engine = ports.engine();
        this.voice = new WorkerVoice(instanceId, ports.log());
        this.runs = new WorkerRuns(ledger, voice);
    }

    /** Says what became of the runs of an earlier process, then presents a new incarnation. */
    public void start(long now) {
        runs.recall(now);
        begin(now);
    }

    /**
     * Presents a new incarnation, which holds nothing: every run that the ledger knows has its
     * terminal report in the log before it.
     */
    private void begin(long now) {
        voice.begin(ledger.nextIncarnation(), now);
        runs.closeAll(now);
        voice.say(origin -> new WorkerReport.Registered(origin, capacity), now);
        if (draining) {
            voice.say(origin -> new WorkerReport.Draining(origin, true), now);
        }
        nextHeartbeatMillis = now + settings.heartbeatMillis();
    }

    /** The incarnation that presents itself at present; 0 before {@link #start}. */
    public long incarnation() {
        return voice.incarnation();
    }

    /** Highest job epoch seen. */
    public long epoch() {
        return voice.epoch();
    }

    /** Whether it takes no more work. */
    public boolean isDraining() {
        return draining;
    }

    /** Runs taken in and not reported terminal. */
    public int runningCount() {
        return runs.count();
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
        if (address.epoch() < voice.epoch()) {
            refuseStale(command, now);
            return;
        }
        voice.heard(address.epoch());
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
                            .formatted(dispatch.address().epoch(), voice.epoch());
            refuse(dispatch, new WorkerEngine.Refusal("stale_epoch", message), now);
        }
    }

    private void refuse(LaneEffect.Dispatch command, WorkerEngine.Refusal refusal, long now) {
        RunId run = runOf(command);
        voice.say(
                origin -> new WorkerReport.Refused(origin, run, refusal.code(), refusal.message()),
                now);
    }

    private void dispatch(LaneEffect.Dispatch command, long now) {
        RunId run = runOf(command);
        if (runs.answersRepeated(DispatchId.of(run), now)) {
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
        if (draining) {
            runs.giveBackAtOnce(accepted, now);
            return;
        }
        runs.accept(accepted, RequestFacts.of(command.request()), now);
        engine.start(command);
    }

    private static RunId runOf(LaneEffect.Dispatch command) {
        return new RunId(command.request().key(), command.attempt(), command.address().epoch());
    }

    private void stop(
            DispatchId id, BiFunction<ReportOrigin, RunId, WorkerReport.OfRun> terminal, long now) {
        if (runs.has(id)) {
            engine.stop(id);
            runs.end(id, (origin, run) -> terminal.apply(origin, run.id()), now);
        }
    }

    /** A run that has ended by now has its terminal report in the log, and that is the answer. */
    private void interrupt(DispatchId id, long now) {
        if (runs.has(id)) {
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
        voice.say(origin -> new WorkerReport.Draining(origin, nowDraining), now);
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
        runs.ids().forEach(id -> stop(id, WorkerReport.GivenBack::new, now));
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
            runs.progressed(id, now);
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
            BiFunction<ReportOrigin, WorkerRuns.Running, WorkerReport.OfRun> terminal,
            long now) {
        if (!fenceIfLate(now)) {
            runs.end(id, terminal, now);
        }
    }

    /**
     * The broker has every report of an incarnation up to a number.
     *
     * @param byIncarnation incarnation that wrote them; an earlier one is of no interest any more
     */
    public void acknowledged(long byIncarnation, long upToSeq) {
        voice.acknowledged(byIncarnation, upToSeq, runs::published);
    }

    /** The time that {@link #nextWakeupMillis} asked for has come, or may have. */
    public void wakeup(long now) {
        if (!fenceIfLate(now) && now >= nextHeartbeatMillis) {
            runs.forget(now - settings.ledgerMillis());
            heartbeat(0, now);
            nextHeartbeatMillis = now + settings.heartbeatMillis();
        }
    }

    /** When to call {@link #wakeup}. */
    public long nextWakeupMillis() {
        return Math.min(nextHeartbeatMillis, fenceAtMillis());
    }

    private long fenceAtMillis() {
        return voice.aliveSinceMillis() + settings.fenceMillis();
    }

    private void heartbeat(long syncSeq, long now) {
        List<AcceptedRun> accepted = runs.accepted(engine::reached);
        voice.say(
                origin -> new WorkerReport.Heartbeat(origin, capacity, accepted, syncSeq, draining),
                now);
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
        runs.ids().forEach(engine::stop);
        runs.abandon(now);
        begin(now);
    }
}
