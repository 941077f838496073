package io.sluice.core.policy;

import io.sluice.core.policy.fairness.NoFairness;
import io.sluice.core.policy.preemption.NeverPreempt;

/**
 * The policies of a lane, each chosen by itself.
 *
 * @param ordering who goes first
 * @param fairness whose turn it is among tenants, before that
 * @param admission who is let in
 * @param preemption when a run is interrupted for another
 * @param batching when what waits is sent
 */
public record LanePolicies(
        OrderingPolicy ordering,
        FairnessPolicy fairness,
        AdmissionPolicy admission,
        PreemptionPolicy preemption,
        BatchFormation batching) {

    /**
     * Policies under which what has started runs to its end, in a continuous batch; all tenants are
     * alike.
     */
    public static LanePolicies of(OrderingPolicy ordering, AdmissionPolicy admission) {
        return new LanePolicies(
                ordering,
                new NoFairness(),
                admission,
                new NeverPreempt(),
                new BatchFormation.Continuous(true));
    }

    /**
     * Checks that they go together.
     *
     * @return these policies
     * @throws IllegalArgumentException naming what does not, and the choices
     */
    public LanePolicies requireSense() {
        if (!preemption.interruptsRuns()
                && ordering.interruptions() == OrderingPolicy.Interruptions.NEEDED) {
            throw new IllegalArgumentException(
                    "ordering policy '%s' goes by what runs have received, which means nothing while preemption is '%s'; choose preemption always or total-wait, or another order"
                            .formatted(ordering.name(), preemption.name()));
        }
        if (preemption.interruptsRuns()
                && ordering.interruptions() == OrderingPolicy.Interruptions.IMPOSSIBLE) {
            throw new IllegalArgumentException(
                    "ordering policy '%s' cannot rank what runs, but preemption is '%s'; choose preemption never, or another order"
                            .formatted(ordering.name(), preemption.name()));
        }
        if (preemption.interruptsRuns() && batching.runsGroups()) {
            throw new IllegalArgumentException(
                    "batching policy '%s' runs a group to its end, but preemption is '%s'; choose preemption never, or batching continuous"
                            .formatted(batching.name(), preemption.name()));
        }
        if (fairness.sharesOut()) {
            requireKeysAlone();
        }
        return this;
    }

    private void requireKeysAlone() {
        if (preemption.interruptsRuns()) {
            throw new IllegalArgumentException(
                    "fairness policy '%s' gives turns to those that wait, but preemption is '%s'; choose preemption never, or fairness none"
                            .formatted(fairness.name(), preemption.name()));
        }
        if (ordering.interruptions() == OrderingPolicy.Interruptions.IMPOSSIBLE) {
            throw new IllegalArgumentException(
                    "fairness policy '%s' needs an order by keys, but ordering policy '%s' chooses by more; choose another order, or fairness none"
                            .formatted(fairness.name(), ordering.name()));
        }
    }

    /** The order of a lane's queue, by what an earlier one remembered. */
    public QueueOrder newOrder(OrderMemory memory) {
        return fairness.newOrder(ordering, memory);
    }

    /** Why a request stands where it stands, for people. */
    public String describe(Standing standing) {
        String place = ordering.describe(standing);
        return fairness.sharesOut()
                ? "turn of tenant %s by %s; %s"
                        .formatted(standing.request().key().tenant(), fairness.name(), place)
                : place;
    }

    /** These policies with another order. */
    public LanePolicies with(OrderingPolicy other) {
        return new LanePolicies(other, fairness, admission, preemption, batching);
    }

    /** These policies with another rule for whose turn it is. */
    public LanePolicies with(FairnessPolicy other) {
        return new LanePolicies(ordering, other, admission, preemption, batching);
    }

    /** These policies with another rule for interruptions. */
    public LanePolicies with(PreemptionPolicy other) {
        return new LanePolicies(ordering, fairness, admission, other, batching);
    }

    /** These policies with another way to form batches. */
    public LanePolicies with(BatchFormation other) {
        return new LanePolicies(ordering, fairness, admission, preemption, other);
    }
}
