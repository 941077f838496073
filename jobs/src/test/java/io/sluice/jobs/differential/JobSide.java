package io.sluice.jobs.differential;

import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.WorkerReport;
import io.sluice.core.policy.PolicyChoice;
import io.sluice.jobs.differential.Trace.Step;
import io.sluice.sim.driver.LaneEvent;
import io.sluice.sim.driver.LaneListener;
import io.sluice.sim.protocol.Agenda;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The job as the world sees it: it reads records in order, its commands and releases go out a
 * little later, and after a crash it reads again what came after its checkpoint. Whatever reaches
 * its lanes is written to a trace.
 */
final class JobSide {

    private static final long COMMAND_MILLIS = 3;
    private static final long RELEASE_MILLIS = 5;

    private final Agenda agenda;
    private final BiConsumer<String, LaneEffect.Command> dispatch;
    private final SimulatedLanes lanes;
    private final StandInRouter router;
    private final Trace trace = new Trace();
    private final LaneLog log = new LaneLog();
    private final List<Runnable> sinceCheckpoint = new ArrayList<>();
    private StandInRouter.Saved saved;
    private boolean down;
    private long epoch;
    private long lostFromMillis = PendingRequest.NEVER;

    /**
     * Creates a job that has not started.
     *
     * @param agenda the world's
     * @param instances where the router sends requests
     * @param dispatch the topic of commands; given the instance and the command
     * @param lanes makes its lanes, for somebody who wants to hear of them
     */
    JobSide(
            Agenda agenda,
            List<String> instances,
            BiConsumer<String, LaneEffect.Command> dispatch,
            Function<LaneListener, SimulatedLanes> lanes) {
        this.agenda = agenda;
        this.dispatch = dispatch;
        this.lanes = lanes.apply((now, instanceId, effect) -> carryOut(effect));
        this.router = new StandInRouter(instances, this::feed);
        this.saved = router.save();
    }

    StandInRouter router() {
        return router;
    }

    Trace trace() {
        return trace;
    }

    LaneLog log() {
        return log;
    }

    void start(long newEpoch) {
        epoch = newEpoch;
        router.startEpoch(newEpoch);
        feed(new LaneEvent.EpochStarted(newEpoch));
    }

    /** Reads a record now, or, while it is down, when it is back. */
    void read(Runnable record) {
        sinceCheckpoint.add(record);
        if (!down) {
            record.run();
        }
    }

    void report(WorkerReport report) {
        read(
                () -> {
                    router.report(report);
                    feed(new LaneEvent.Reported(report));
                });
    }

    void tick(int partition, long logMillis) {
        read(() -> feed(new LaneEvent.Ticked(partition, logMillis)));
    }

    void drain(String instanceId, boolean draining) {
        read(() -> feed(new LaneEvent.Drain(instanceId, draining)));
    }

    /** A change of policies was read from the control topic. */
    void choose(PolicyChoice policies) {
        read(() -> feed(new LaneEvent.PoliciesChosen(policies)));
    }

    private void feed(LaneEvent event) {
        advance();
        trace.add(new Step.Event(agenda.now(), event));
        lanes.take(event);
        log.append(lanes.drain());
        planWakeup();
    }

    private void planWakeup() {
        long next = lanes.nextWakeupMillis();
        if (next != PendingRequest.NEVER) {
            agenda.at(next, this::wakeup);
        }
    }

    private void wakeup() {
        if (!down && lanes.nextWakeupMillis() <= agenda.now()) {
            advance();
            planWakeup();
        }
    }

    private void advance() {
        lanes.advanceTo(agenda.now());
        log.append(lanes.drain());
    }

    private void carryOut(LaneEffect effect) {
        long decidedAt = agenda.now();
        long of = epoch;
        if (effect instanceof LaneEffect.Command command) {
            agenda.after(
                    COMMAND_MILLIS,
                    () -> {
                        if (of == epoch || decidedAt < lostFromMillis) {
                            dispatch.accept(command.address().instanceId(), command);
                        }
                    });
        } else if (effect instanceof LaneEffect.Released released) {
            agenda.after(RELEASE_MILLIS, () -> read(() -> router.released(released.release())));
        }
    }

    void checkpoint() {
        advance();
        trace.add(new Step.Checkpoint(agenda.now()));
        lanes.checkpoint();
        saved = router.save();
        sinceCheckpoint.clear();
    }

    /** Crashes; the commands of the last moments are lost with it. */
    void crash() {
        advance();
        trace.add(new Step.Crash(agenda.now()));
        down = true;
        lostFromMillis = agenda.now() - 1;
    }

    /**
     * Comes back from the checkpoint and reads on from there.
     *
     * @param readBeforeEpoch how many records it reads before it hears of its epoch
     */
    void comeBack(long newEpoch, int readBeforeEpoch) {
        down = false;
        trace.add(new Step.Restore(agenda.now()));
        lanes.restore(agenda.now());
        log.append(lanes.drain());
        router.restore(saved);
        epoch = newEpoch;
        List<Runnable> again = List.copyOf(sinceCheckpoint);
        int early = Math.min(readBeforeEpoch, again.size());
        again.subList(0, early).forEach(Runnable::run);
        start(newEpoch);
        again.subList(early, again.size()).forEach(Runnable::run);
    }
}
