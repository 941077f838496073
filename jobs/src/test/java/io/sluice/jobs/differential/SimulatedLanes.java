package io.sluice.jobs.differential;

import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.kernel.LaneEffect.Address;
import io.sluice.core.kernel.LaneSettings;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Release;
import io.sluice.core.model.RequestKey;
import io.sluice.sim.driver.LaneCheckpoint;
import io.sluice.sim.driver.LaneDriver;
import io.sluice.sim.driver.LaneEvent;
import io.sluice.sim.driver.LaneListener;
import io.sluice.sim.worker.DispatchId;

/** The lanes of the simulator's driver, and what they say, in the words of this log. */
final class SimulatedLanes implements LaneHost {

    private final LaneListener listener;
    private LaneDriver driver;
    private LaneSettings settings;
    private LaneSettings kept;
    private LaneCheckpoint checkpoint = LaneCheckpoint.EMPTY;
    private LaneLog log = new LaneLog();

    /** Lanes of which only the log hears. */
    SimulatedLanes(LaneSettings settings) {
        this(settings, (now, instanceId, effect) -> {});
    }

    /** Lanes of which somebody else hears, too. */
    SimulatedLanes(LaneSettings settings, LaneListener alsoHears) {
        this.settings = settings;
        this.kept = settings;
        this.listener =
                (now, instanceId, effect) -> {
                    write(now, effect);
                    alsoHears.decided(now, instanceId, effect);
                };
        this.driver = new LaneDriver(settings, listener);
    }

    @Override
    public void advanceTo(long millis) {
        driver.advanceTo(millis);
    }

    /** When the next lane is to be woken. */
    long nextWakeupMillis() {
        return driver.nextWakeupMillis();
    }

    @Override
    public void take(LaneEvent event) {
        if (event instanceof LaneEvent.PoliciesChosen chosen) {
            settings = settings.with(chosen.policies().lane());
        }
        driver.take(event);
    }

    @Override
    public void checkpoint() {
        checkpoint = driver.checkpoint();
        kept = settings;
    }

    @Override
    public void restore(long nowMillis) {
        settings = kept;
        driver = new LaneDriver(settings, listener, checkpoint, nowMillis);
        driver.advanceTo(nowMillis);
    }

    @Override
    public LaneLog drain() {
        LaneLog drained = log;
        log = new LaneLog();
        return drained;
    }

    @Override
    public void close() {}

    private void write(long now, LaneEffect effect) {
        if (effect instanceof LaneEffect.Command command) {
            command(command);
        }
        if (effect instanceof LaneEffect.Dispatch dispatch) {
            dispatched(dispatch);
        } else if (effect instanceof LaneEffect.Stop stop) {
            ended("CANCEL", stop.address(), run(stop.key(), stop.attempt()), stop.reason());
        } else if (effect instanceof LaneEffect.Preempt stop) {
            ended("PREEMPT", stop.address(), run(stop.key(), stop.attempt()), stop.reason());
        } else if (effect instanceof LaneEffect.Released released) {
            released(now, released);
        } else if (effect instanceof LaneEffect.Adopted adopted) {
            log.decisions()
                    .add(
                            new Line(
                                    now,
                                    adopted.instanceId(),
                                    "ADOPT",
                                    adopted.key().toString(),
                                    adopted.attempt(),
                                    "epoch %d".formatted(adopted.epoch())));
        }
    }

    private void dispatched(LaneEffect.Dispatch dispatch) {
        Address address = dispatch.address();
        String rest =
                "epoch %d command %d queue %d position %d waited %d"
                        .formatted(
                                address.epoch(),
                                address.seq(),
                                dispatch.queueLength(),
                                dispatch.queuePosition(),
                                address.decidedAtMillis() - dispatch.request().submittedAtMillis());
        log.decisions()
                .add(
                        new Line(
                                address.decidedAtMillis(),
                                address.instanceId(),
                                "DISPATCH",
                                dispatch.request().key().toString(),
                                dispatch.attempt(),
                                rest));
    }

    private static DispatchId run(RequestKey key, int attempt) {
        return new DispatchId(key, attempt);
    }

    private void ended(String kind, Address address, DispatchId run, String reason) {
        log.decisions()
                .add(
                        new Line(
                                address.decidedAtMillis(),
                                address.instanceId(),
                                kind,
                                run.key().toString(),
                                run.attempt(),
                                "epoch %d command %d %s"
                                        .formatted(address.epoch(), address.seq(), reason)));
    }

    private void released(long now, LaneEffect.Released effect) {
        Release release = effect.release();
        PendingRequest request = effect.request();
        String why = release.reason().name();
        String text = release.message() == null ? why : why + ": " + release.message();
        String waited = request == null ? "unknown" : "" + (now - request.submittedAtMillis());
        log.decisions()
                .add(
                        new Line(
                                now,
                                release.fromInstance(),
                                "RELEASE",
                                release.key().toString(),
                                release.attempt(),
                                "epoch %d waited %s %s".formatted(release.epoch(), waited, text)));
        log.releases().add(Lines.of(now, release));
    }

    private void command(LaneEffect.Command command) {
        if (command instanceof LaneEffect.Dispatch dispatch) {
            log.commands()
                    .add(
                            Lines.command(
                                    command.address(),
                                    "DISPATCH",
                                    dispatch.request().toString(),
                                    dispatch.attempt()));
        } else if (command instanceof LaneEffect.Stop stop) {
            log.commands()
                    .add(
                            Lines.command(
                                    command.address(),
                                    "CANCEL",
                                    stop.key() + " " + stop.reason(),
                                    stop.attempt()));
        } else if (command instanceof LaneEffect.Preempt preempt) {
            log.commands()
                    .add(
                            Lines.command(
                                    command.address(),
                                    "PREEMPT",
                                    preempt.key() + " " + preempt.reason(),
                                    preempt.attempt()));
        } else {
            log.commands().add(Lines.command(command.address(), kind(command), "-", 0));
        }
    }

    private static String kind(LaneEffect.Command command) {
        if (command instanceof LaneEffect.Sync) {
            return "SYNC";
        }
        if (command instanceof LaneEffect.DrainWorker drain) {
            return drain.draining() ? "DRAIN" : "UNDRAIN";
        }
        return "FENCE";
    }
}
