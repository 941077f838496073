package io.sluice.jobs.testing;

import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.kernel.LaneEffect.Address;
import io.sluice.jobs.flow.CommandMessage;

/** Commands as workers take them. */
final class Commands {

    private Commands() {}

    /** The command that was laid flat. */
    static LaneEffect.Command toCore(CommandMessage message) {
        Address address = message.address();
        return switch (message.kind()) {
            case DISPATCH ->
                    new LaneEffect.Dispatch(
                            address,
                            message.request(),
                            message.attempt(),
                            message.behind(),
                            message.queuePosition());
            case CANCEL ->
                    new LaneEffect.Stop(
                            address, message.target(), message.attempt(), message.reason());
            case PREEMPT ->
                    new LaneEffect.Preempt(
                            address, message.target(), message.attempt(), message.reason());
            case SYNC -> new LaneEffect.Sync(address);
            case FENCE -> new LaneEffect.Fence(address);
            case DRAIN -> new LaneEffect.DrainWorker(address, true);
            case UNDRAIN -> new LaneEffect.DrainWorker(address, false);
        };
    }
}
