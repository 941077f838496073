package io.sluice.jobs.differential;

import io.sluice.core.kernel.LaneEffect.Address;
import io.sluice.core.model.Release;
import io.sluice.jobs.flow.CommandMessage;
import io.sluice.jobs.flow.DecisionMessage;

/** What the operator says, in the words of this log. */
final class Lines {

    private Lines() {}

    static Line of(DecisionMessage decision) {
        return new Line(
                decision.decidedAtMillis(),
                decision.instanceId(),
                decision.kind().name(),
                decision.key().toString(),
                decision.attempt(),
                rest(decision));
    }

    private static String rest(DecisionMessage decision) {
        return switch (decision.kind()) {
            case DISPATCH ->
                    "epoch %d command %d queue %d position %d waited %d"
                            .formatted(
                                    decision.epoch(),
                                    decision.seq(),
                                    decision.queueLength(),
                                    decision.queuePosition(),
                                    decision.queueWaitMillis());
            case CANCEL, PREEMPT ->
                    "epoch %d command %d %s"
                            .formatted(decision.epoch(), decision.seq(), decision.reason());
            case RELEASE ->
                    "epoch %d waited %s %s"
                            .formatted(
                                    decision.epoch(),
                                    decision.queueWaitMillis() < 0
                                            ? "unknown"
                                            : decision.queueWaitMillis(),
                                    decision.reason());
            case ADOPT -> "epoch %d".formatted(decision.epoch());
            case ROUTE, HOLD, REJECT, EXPIRE, END ->
                    throw new IllegalArgumentException("no decision of a lane: " + decision);
        };
    }

    static Line of(CommandMessage command) {
        String request =
                switch (command.kind()) {
                    case DISPATCH -> command.request().toString();
                    case CANCEL, PREEMPT -> command.target() + " " + command.reason();
                    case SYNC, FENCE, DRAIN, UNDRAIN -> "-";
                };
        return command(command.address(), command.kind().name(), request, command.attempt());
    }

    static Line command(Address address, String kind, String request, int attempt) {
        return new Line(
                address.decidedAtMillis(),
                address.instanceId(),
                kind,
                request,
                attempt,
                address.toString());
    }

    static Line of(long now, Release release) {
        return new Line(
                now,
                release.fromInstance(),
                release.reason().name(),
                release.key().toString(),
                release.attempt(),
                release.toString());
    }
}
