package io.sluice.jobs.state;

import io.sluice.core.policy.PolicyChoice;

import org.jspecify.annotations.Nullable;

/**
 * The policies in force, and since when.
 *
 * @param ordering who goes first
 * @param fairness whose turn it is
 * @param admission who is let in
 * @param preemption when a run is interrupted
 * @param batching when what waits is sent
 * @param routing how an instance is chosen
 * @param version how many changes of policies the control topic has made; 0 for what the options of
 *     the job say
 * @param position the latest of them, as topic-partition-offset; null before the first
 */
public record PolicyInForce(
        String ordering,
        String fairness,
        String admission,
        String preemption,
        String batching,
        String routing,
        long version,
        @Nullable String position) {

    /** What the options of the job say. */
    public static PolicyInForce ofOptions(PolicyChoice choice) {
        return of(choice, 0, null);
    }

    /** What a change comes to. */
    public PolicyInForce changedTo(PolicyChoice choice, LogPosition at) {
        String where = "%s-%d-%d".formatted(at.topic(), at.partition(), at.offset());
        return of(choice, version + 1, where);
    }

    private static PolicyInForce of(PolicyChoice choice, long version, @Nullable String position) {
        return new PolicyInForce(
                choice.ordering(),
                choice.fairness(),
                choice.admission(),
                choice.preemption(),
                choice.batching(),
                choice.routing(),
                version,
                position);
    }

    /**
     * The kernel's form.
     *
     * @throws IllegalArgumentException if this version of the job knows one of them no more
     */
    public PolicyChoice toCore() {
        return new PolicyChoice(ordering, fairness, admission, preemption, batching, routing);
    }
}
