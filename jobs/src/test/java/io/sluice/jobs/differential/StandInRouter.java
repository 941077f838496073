package io.sluice.jobs.differential;

import io.sluice.core.model.AcceptedRun;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Release;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.WorkerReport;
import io.sluice.sim.driver.LaneEvent;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Keeps requests and lanes together as the router does, in few lines: instances in turn, whether
 * they live or not, so that lanes also have to turn requests away.
 */
final class StandInRouter {

    private static final int MAX_FAILURES = 3;
    private static final int MAX_ATTEMPTS = 12;

    /** A request that is on its way. */
    private record Held(PendingRequest request, int attempt, String instanceId, int failures) {
        Held with(PendingRequest newRequest) {
            return new Held(newRequest, attempt, instanceId, failures);
        }
    }

    /** What a checkpoint keeps of it. */
    record Saved(Map<RequestKey, Held> held, int turn) {}

    private final List<String> instances;
    private final Consumer<LaneEvent> lanes;
    private Map<RequestKey, Held> held = new HashMap<>();
    private int turn;
    private long epoch;

    StandInRouter(List<String> instances, Consumer<LaneEvent> lanes) {
        this.instances = instances;
        this.lanes = lanes;
    }

    void startEpoch(long newEpoch) {
        epoch = newEpoch;
    }

    Saved save() {
        return new Saved(Map.copyOf(held), turn);
    }

    void restore(Saved saved) {
        held = new HashMap<>(saved.held());
        turn = saved.turn();
    }

    /** A request; a repeat goes to its lane again, which must take no notice. */
    void submit(PendingRequest request) {
        Held known = held.get(request.key());
        if (known == null) {
            assign(new Held(request, 1, next(), 0));
        } else {
            lanes.accept(new LaneEvent.Assign(known.instanceId(), request, known.attempt()));
        }
    }

    void cancel(RequestKey key) {
        Held known = held.get(key);
        if (known != null) {
            lanes.accept(
                    new LaneEvent.Cancel(known.instanceId(), key, known.attempt(), "no longer"));
        }
    }

    void revalue(RequestKey key, int priority, long criticalPathMillis) {
        Held known = held.get(key);
        if (known != null) {
            PendingRequest request =
                    known.request().withPriority(priority).withCriticalPath(criticalPathMillis);
            held.put(key, known.with(request));
            lanes.accept(
                    new LaneEvent.Revalue(
                            known.instanceId(),
                            key,
                            known.attempt(),
                            priority,
                            criticalPathMillis));
        }
    }

    void released(Release release) {
        Held known = held.get(release.key());
        if (known == null
                || known.attempt() != release.attempt()
                || !known.instanceId().equals(release.fromInstance())) {
            return;
        }
        if (release.epoch() < epoch) {
            lanes.accept(new LaneEvent.Recheck(release.fromInstance(), release));
            return;
        }
        if (release.reason() == ReleaseReason.PREEMPTED) {
            takeUp(known, release);
            return;
        }
        switch (release.reason().kind()) {
            case MOVE -> again(known, known.failures());
            case RETRY -> again(known, release.retriable() ? known.failures() + 1 : MAX_FAILURES);
            case CLOSE -> held.remove(release.key());
        }
    }

    /** What was interrupted goes on where it was. */
    private void takeUp(Held known, Release release) {
        assign(
                new Held(
                        known.request().withProgress(release.progress()),
                        known.attempt() + 1,
                        known.instanceId(),
                        known.failures()));
    }

    private void again(Held known, int failures) {
        if (failures >= MAX_FAILURES || known.attempt() >= MAX_ATTEMPTS) {
            held.remove(known.request().key());
        } else {
            assign(new Held(known.request(), known.attempt() + 1, next(), failures));
        }
    }

    private void assign(Held next) {
        held.put(next.request().key(), next);
        lanes.accept(new LaneEvent.Assign(next.instanceId(), next.request(), next.attempt()));
    }

    private String next() {
        return instances.get(turn++ % instances.size());
    }

    /** A run that its worker holds, or has finished, is where the worker is. */
    void report(WorkerReport report) {
        if (report instanceof WorkerReport.Completed completed) {
            held.remove(completed.run().key());
        } else if (report instanceof WorkerReport.Heartbeat heartbeat && heartbeat.syncSeq() > 0) {
            for (AcceptedRun run : heartbeat.accepted()) {
                held.computeIfPresent(
                        run.run().key(),
                        (key, known) ->
                                run.run().attempt() < known.attempt()
                                        ? known
                                        : new Held(
                                                known.request(),
                                                run.run().attempt(),
                                                heartbeat.origin().instanceId(),
                                                known.failures()));
            }
        }
    }
}
