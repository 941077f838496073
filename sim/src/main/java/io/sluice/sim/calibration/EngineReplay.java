package io.sluice.sim.calibration;

import io.sluice.sim.calibration.ReplayedRequest.Moment;
import io.sluice.sim.engine.ContinuousBatchingEngine;
import io.sluice.sim.engine.EngineEvent;
import io.sluice.sim.engine.EngineListener;
import io.sluice.sim.engine.EngineProfile;
import io.sluice.sim.engine.StepListener;
import io.sluice.sim.engine.StepLoad;
import io.sluice.sim.engine.Submission;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sends the requests of a log through simulated engines, at the times of the log. */
final class EngineReplay {
    /** A waiting request counts as much as this many running ones, as in vLLM's front end. */
    private static final int WAITING_WEIGHT = 4;

    private final List<Replica> replicas = new ArrayList<>();
    private long now = Long.MIN_VALUE;

    private EngineReplay(MeasuredEngine engine) {
        for (int i = 0; i < engine.replicas(); i++) {
            replicas.add(new Replica(engine.profile()));
        }
    }

    /** What becomes of each request, in the order of the log. */
    static List<ReplayedRequest> of(MeasuredEngine engine, MeasuredLog log) {
        EngineReplay replay = new EngineReplay(engine);
        List<ReplayedRequest> replayed = new ArrayList<>(log.requests().size());
        for (MeasuredRequest request : log.requests()) {
            replayed.add(replay.submit(request));
        }
        replay.advanceTo(ContinuousBatchingEngine.NEVER);
        return replayed;
    }

    private ReplayedRequest submit(MeasuredRequest measured) {
        // Those that come together to an idle engine share its first batch.
        if (measured.arrivalNanos() > now) {
            advanceTo(measured.arrivalNanos());
        }
        Replica chosen = replicas.get(0);
        for (Replica replica : replicas) {
            chosen = replica.pressure() < chosen.pressure() ? replica : chosen;
        }
        return chosen.submit(measured);
    }

    private void advanceTo(long nanos) {
        now = nanos;
        for (Replica replica : replicas) {
            replica.engine.advanceTo(nanos, replica);
        }
    }

    /** One engine, what its steps have computed, and what it has told of its requests. */
    private static final class Replica implements EngineListener, StepListener {
        private final ContinuousBatchingEngine engine;
        private final Map<String, ReplayedRequest> byId = new HashMap<>();
        private StepSums done = StepSums.NONE;
        private long lastStepEnd = Long.MIN_VALUE;

        Replica(EngineProfile profile) {
            engine = new ContinuousBatchingEngine(profile, 0, this);
        }

        int pressure() {
            return WAITING_WEIGHT * engine.waitingCount() + engine.runningCount();
        }

        ReplayedRequest submit(MeasuredRequest measured) {
            long arrival = measured.arrivalNanos();
            ReplayedRequest replayed = new ReplayedRequest();
            boolean idle = engine.runningCount() == 0;
            replayed.beforeArrival = new Moment(idle ? arrival : lastStepEnd, done);
            if (engine.submit(measured.request(), arrival) instanceof Submission.Queued) {
                byId.put(measured.request().id(), replayed);
            }
            return replayed;
        }

        @Override
        public void onSteps(StepLoad first, int steps, long endNanos) {
            done = done.plus(first, steps);
            lastStepEnd = endNanos;
        }

        @Override
        public void onEvent(EngineEvent event) {
            ReplayedRequest request = byId.get(event.id());
            if (request == null) {
                throw new IllegalStateException("replay: nobody submitted " + event);
            }
            Moment moment = new Moment(event.atNanos(), done);
            if (event instanceof EngineEvent.Started) {
                request.started = moment;
            } else if (event instanceof EngineEvent.FirstToken) {
                request.firstToken = moment;
            } else if (event instanceof EngineEvent.Finished) {
                request.lastToken = moment;
            }
        }
    }
}
