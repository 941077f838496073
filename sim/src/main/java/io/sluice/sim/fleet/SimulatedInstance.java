package io.sluice.sim.fleet;

import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.model.AcceptedRun;
import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.Progress;
import io.sluice.core.model.RequestFacts;
import io.sluice.core.model.RunId;
import io.sluice.core.model.RunMeasures;
import io.sluice.core.model.WorkerReport;
import io.sluice.core.model.WorkerReport.ReportOrigin;
import io.sluice.sim.driver.LaneEvent;
import io.sluice.sim.engine.ContinuousBatchingEngine;
import io.sluice.sim.engine.EngineEvent;
import io.sluice.sim.engine.EngineLimits;
import io.sluice.sim.engine.EngineListener;
import io.sluice.sim.engine.EngineProfile;
import io.sluice.sim.engine.KvRetention;
import io.sluice.sim.engine.ServiceRates;
import io.sluice.sim.engine.Submission;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An engine and the worker in front of it, which here is no more than a numbering of reports: what
 * a lane sends is there at once, and so is what it says.
 */
final class SimulatedInstance implements EngineListener {

    private static final long INCARNATION = 1;
    private static final RunMeasures UNMEASURED =
            new RunMeasures(0, Double.NaN, Double.NaN, Double.NaN, 0, 0, 0, null);

    private final int place;
    private final String id;
    private final ContinuousBatchingEngine engine;
    private final InstanceCapacity capacity;
    private final boolean steered;
    private final Map<String, LiveRequest> held = new LinkedHashMap<>();
    private final List<WorkerReport.Completed> completions = new ArrayList<>();
    private final List<LiveRequest> toInterrupt = new ArrayList<>();
    private List<LaneEvent> inbox = new ArrayList<>();
    private long seq;

    SimulatedInstance(int place, EngineProfile profile, @Nullable KvRetention steeredWith) {
        this.place = place;
        this.id = "gpu-" + FleetSimulation.digits(place);
        this.steered = steeredWith != null;
        this.engine =
                steeredWith == null
                        ? new ContinuousBatchingEngine(profile)
                        : ContinuousBatchingEngine.steered(profile, steeredWith);
        EngineLimits limits = profile.limits();
        this.capacity =
                new InstanceCapacity(
                        List.of(),
                        limits.maxSequences(),
                        limits.usableKvTokens(),
                        limits.blockTokens(),
                        limits.maxContextTokens(),
                        0,
                        0,
                        ServiceRates.speed(profile));
    }

    int place() {
        return place;
    }

    String id() {
        return id;
    }

    ContinuousBatchingEngine engine() {
        return engine;
    }

    /** Whether its lane decides who is in a batch. */
    boolean isSteered() {
        return steered;
    }

    WorkerReport registered() {
        return new WorkerReport.Registered(origin(), capacity);
    }

    WorkerReport answer(LaneEffect.Sync sync) {
        return new WorkerReport.Heartbeat(
                origin(), capacity, List.of(), sync.address().seq(), false);
    }

    /** Lets time pass for the engine; returns what has ended at it. */
    List<WorkerReport.Completed> advanceTo(long nanos) {
        completions.clear();
        engine.advanceTo(nanos, this);
        return completions;
    }

    @Override
    public void onEvent(EngineEvent event) {
        LiveRequest request = held.get(event.id());
        if (request == null) {
            throw new IllegalStateException("simulation: nobody knows the request of " + event);
        }
        if (event instanceof EngineEvent.Started started) {
            request.cachedTokens = started.cachedTokens();
        } else if (event instanceof EngineEvent.FirstToken) {
            request.firstTokenNanos = event.atNanos();
        } else if (event instanceof EngineEvent.Finished) {
            completions.add(completed(request));
        }
    }

    /**
     * What there is to say of this moment.
     *
     * @param betweenSteps whether runs can be interrupted, and how far they have come belongs to it
     */
    List<WorkerReport> reports(boolean betweenSteps, long nanos) {
        List<WorkerReport> reports = new ArrayList<>(completions);
        if (betweenSteps) {
            for (LiveRequest leaving : toInterrupt) {
                WorkerReport interrupted = interrupt(leaving, nanos);
                if (interrupted != null) {
                    reports.add(interrupted);
                }
            }
            toInterrupt.clear();
            reports.add(heartbeat());
        }
        return reports;
    }

    /** Remembers to interrupt a request when the step that runs has ended. */
    void putOff(LiveRequest leaving, long nanos) {
        engine.pauseAtStepEnd(nanos);
        toInterrupt.add(leaving);
    }

    /** Keeps what its lane is to hear until the step that runs has ended. */
    void putOff(LaneEvent event, long nanos) {
        engine.pauseAtStepEnd(nanos);
        inbox.add(event);
    }

    /** What was put off. */
    List<LaneEvent> takeInbox() {
        if (inbox.isEmpty()) {
            return List.of();
        }
        List<LaneEvent> taken = inbox;
        inbox = new ArrayList<>();
        return taken;
    }

    private WorkerReport heartbeat() {
        List<AcceptedRun> accepted = new ArrayList<>(held.size());
        for (LiveRequest live : held.values()) {
            Progress progress = engine.progress(live.id()).orElse(Progress.NONE);
            accepted.add(
                    new AcceptedRun(
                            run(live),
                            live.pending.reservedTokens(),
                            live.pending.priority(),
                            progress));
        }
        return new WorkerReport.Heartbeat(origin(), capacity, accepted, 0, false);
    }

    /** Takes a request in; returns why not, or null. */
    @Nullable WorkerReport start(LiveRequest live, LaneEffect.Dispatch command, long nanos) {
        live.attempt = command.attempt();
        live.commandEpoch = command.address().epoch();
        Submission submission = engine.submit(live.engineRequest, nanos);
        if (submission instanceof Submission.Refused refused) {
            return new WorkerReport.Failed(
                    origin(), run(live), false, refused.reason().name(), refused.message());
        }
        live.sent(place, nanos);
        held.put(live.id(), live);
        return null;
    }

    /** Interrupts a request; null if it has just ended. */
    @Nullable WorkerReport interrupt(LiveRequest live, long nanos) {
        held.remove(live.id());
        return engine.interrupt(live.id(), nanos)
                .map(
                        left -> {
                            live.interrupted(left.outputTokens(), nanos);
                            Progress progress =
                                    new Progress(left.outputTokens(), left.heldTokens());
                            return new WorkerReport.Preempted(origin(), run(live), progress);
                        })
                .orElse(null);
    }

    private WorkerReport.Completed completed(LiveRequest live) {
        held.remove(live.id());
        return new WorkerReport.Completed(
                origin(), run(live), RequestFacts.of(live.pending), UNMEASURED);
    }

    private static RunId run(LiveRequest live) {
        return new RunId(live.pending.key(), live.attempt, live.commandEpoch);
    }

    private ReportOrigin origin() {
        seq++;
        return new ReportOrigin(id, INCARNATION, seq, FleetSimulation.EPOCH, 0);
    }
}
