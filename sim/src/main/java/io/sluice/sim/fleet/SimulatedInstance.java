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
import io.sluice.sim.engine.ContinuousBatchingEngine;
import io.sluice.sim.engine.EngineLimits;
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
final class SimulatedInstance {

    private static final long INCARNATION = 1;
    private static final RunMeasures UNMEASURED =
            new RunMeasures(0, Double.NaN, Double.NaN, Double.NaN, 0, 0, 0, null);

    private final int place;
    private final String id;
    private final ContinuousBatchingEngine engine;
    private final InstanceCapacity capacity;
    private final boolean steered;
    private final Map<String, LiveRequest> held = new LinkedHashMap<>();
    private long seq;

    SimulatedInstance(int place, EngineProfile profile, @Nullable KvRetention steeredWith) {
        this.place = place;
        this.id = String.format("gpu-%05d", place);
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

    /** How far everything has come that it holds. */
    WorkerReport heartbeat() {
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
        live.instance = place;
        if (live.dispatchedNanos == RequestResult.NOT) {
            live.dispatchedNanos = nanos;
        }
        held.put(live.id(), live);
        return null;
    }

    /** Interrupts a request; null if it has just ended. */
    @Nullable WorkerReport interrupt(LiveRequest live, long nanos) {
        held.remove(live.id());
        return engine.interrupt(live.id(), nanos)
                .map(
                        left -> {
                            live.interruptions++;
                            Progress progress =
                                    new Progress(left.outputTokens(), left.heldTokens());
                            return new WorkerReport.Preempted(origin(), run(live), progress);
                        })
                .orElse(null);
    }

    WorkerReport.Completed completed(LiveRequest live) {
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
