package io.sluice.jobs.flow;

import io.sluice.core.policy.PolicyChoice;
import io.sluice.jobs.state.LogPosition;

import org.jspecify.annotations.Nullable;

/**
 * A wish for other policies; what it does not name stays as it is.
 *
 * @param ordering who goes first, or null
 * @param fairness whose turn it is, or null
 * @param admission who is let in, or null
 * @param preemption when a run is interrupted, or null
 * @param batching when what waits is sent, or null
 * @param routing how an instance is chosen, or null
 * @param reason why, never blank
 * @param position where it was read
 */
public record PolicyChange(
        @Nullable String ordering,
        @Nullable String fairness,
        @Nullable String admission,
        @Nullable String preemption,
        @Nullable String batching,
        @Nullable String routing,
        String reason,
        LogPosition position) {

    /**
     * What it makes of what is in force.
     *
     * @throws IllegalArgumentException if the result makes no sense, naming the choices
     */
    public PolicyChoice applyTo(PolicyChoice present) {
        return new PolicyChoice(
                either(ordering, present.ordering()),
                either(fairness, present.fairness()),
                either(admission, present.admission()),
                either(preemption, present.preemption()),
                either(batching, present.batching()),
                either(routing, present.routing()));
    }

    private static String either(@Nullable String wanted, String present) {
        return wanted == null ? present : wanted;
    }
}
