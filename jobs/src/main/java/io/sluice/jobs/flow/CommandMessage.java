package io.sluice.jobs.flow;

import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.kernel.LaneEffect.Address;
import io.sluice.core.kernel.LaneEffect.Behind;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.RequestKey;

import org.jspecify.annotations.Nullable;

/**
 * A command on its way to a worker: the sealed {@link LaneEffect.Command} laid flat.
 *
 * @param policy ordering policy of the lane
 * @param policyVersion how many changes of policies there had been
 */
public record CommandMessage(
        Kind kind,
        Address address,
        @Nullable PendingRequest request,
        @Nullable RequestKey target,
        int attempt,
        Behind behind,
        int queuePosition,
        @Nullable String reason,
        String policy,
        long policyVersion) {

    /** Which command. */
    public enum Kind {
        /** Run the request. */
        DISPATCH,
        /** Stop the run. */
        CANCEL,
        /** Interrupt the run. */
        PREEMPT,
        /** Say what you hold. */
        SYNC,
        /** You are dead. */
        FENCE,
        /** Take no more work. */
        DRAIN,
        /** Take work again. */
        UNDRAIN
    }

    /** Lays a command flat. */
    public static CommandMessage of(LaneEffect.Command command, String policy, long policyVersion) {
        return of(command).under(policy, policyVersion);
    }

    private CommandMessage under(String name, long version) {
        return new CommandMessage(
                kind,
                address,
                request,
                target,
                attempt,
                behind,
                queuePosition,
                reason,
                name,
                version);
    }

    private static CommandMessage of(LaneEffect.Command command) {
        if (command instanceof LaneEffect.Dispatch dispatch) {
            return new CommandMessage(
                    Kind.DISPATCH,
                    dispatch.address(),
                    dispatch.request(),
                    dispatch.request().key(),
                    dispatch.attempt(),
                    dispatch.behind(),
                    dispatch.queuePosition(),
                    null,
                    "",
                    0);
        }
        if (command instanceof LaneEffect.Stop stop) {
            return ofRun(Kind.CANCEL, stop, stop.key(), stop.attempt(), stop.reason());
        }
        if (command instanceof LaneEffect.Preempt stop) {
            return ofRun(Kind.PREEMPT, stop, stop.key(), stop.attempt(), stop.reason());
        }
        return new CommandMessage(
                kindOf(command), command.address(), null, null, 0, Behind.NOTHING, 0, null, "", 0);
    }

    private static CommandMessage ofRun(
            Kind kind, LaneEffect.Command command, RequestKey key, int attempt, String reason) {
        return new CommandMessage(
                kind, command.address(), null, key, attempt, Behind.NOTHING, 0, reason, "", 0);
    }

    private static Kind kindOf(LaneEffect.Command command) {
        if (command instanceof LaneEffect.Sync) {
            return Kind.SYNC;
        }
        if (command instanceof LaneEffect.DrainWorker drain) {
            return drain.draining() ? Kind.DRAIN : Kind.UNDRAIN;
        }
        if (command instanceof LaneEffect.Fence) {
            return Kind.FENCE;
        }
        throw new IllegalArgumentException("unknown command " + command);
    }
}
