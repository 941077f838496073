package io.sluice.sim.protocol;

import io.sluice.core.kernel.LaneEffect;

/** Puts commands into other envelopes. */
final class Commands {

    private Commands() {}

    static LaneEffect.Command readdressed(LaneEffect.Command command, LaneEffect.Address to) {
        if (command instanceof LaneEffect.Dispatch d) {
            return new LaneEffect.Dispatch(
                    to, d.request(), d.attempt(), d.queueLength(), d.queuePosition());
        }
        if (command instanceof LaneEffect.Stop s) {
            return new LaneEffect.Stop(to, s.key(), s.attempt(), s.reason());
        }
        if (command instanceof LaneEffect.Sync) {
            return new LaneEffect.Sync(to);
        }
        if (command instanceof LaneEffect.Fence) {
            return new LaneEffect.Fence(to);
        }
        if (command instanceof LaneEffect.DrainWorker d) {
            return new LaneEffect.DrainWorker(to, d.draining());
        }
        throw new IllegalArgumentException("unknown kind of command: " + command);
    }
}
