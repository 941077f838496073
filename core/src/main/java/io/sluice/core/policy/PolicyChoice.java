package io.sluice.core.policy;

import io.sluice.core.routing.RoutingCatalog;
import io.sluice.core.routing.RoutingPolicy;

import java.io.Serializable;

/**
 * Which policies are in force, each chosen by name, with parameters: the one small configuration
 * that demo, job and simulator share.
 *
 * @param ordering as {@link PolicyCatalog#orderings} reads it
 * @param fairness as {@link PolicyCatalog#fairness} reads it
 * @param admission as {@link PolicyCatalog#admissions} reads it
 * @param preemption as {@link PolicyCatalog#preemptions} reads it
 * @param batching as {@link PolicyCatalog#batchings} reads it
 * @param routing as {@link RoutingCatalog#policies} reads it
 */
public record PolicyChoice(
        String ordering,
        String fairness,
        String admission,
        String preemption,
        String batching,
        String routing)
        implements Serializable {

    /** What is in force where nothing is chosen. */
    public static final PolicyChoice DEFAULT =
            new PolicyChoice(
                    "priority:max-overtake=30s",
                    "none",
                    "limits",
                    "never",
                    "continuous",
                    "least-outstanding");

    /**
     * Reads every specification once, so that a wrong one is found where it is written.
     *
     * @throws IllegalArgumentException naming what is wrong and the choices
     */
    public PolicyChoice {
        RoutingCatalog.create(routing);
        lane(ordering, fairness, admission, preemption, batching);
    }

    /** The policies of a lane. */
    public LanePolicies lane() {
        return lane(ordering, fairness, admission, preemption, batching);
    }

    /** A new routing policy object. */
    public RoutingPolicy newRouting() {
        return RoutingCatalog.create(routing);
    }

    /** The same with another order. */
    public PolicyChoice withOrdering(String specification) {
        return new PolicyChoice(specification, fairness, admission, preemption, batching, routing);
    }

    /** The same with another rule for whose turn it is. */
    public PolicyChoice withFairness(String specification) {
        return new PolicyChoice(ordering, specification, admission, preemption, batching, routing);
    }

    /** The same with another rule for who is let in. */
    public PolicyChoice withAdmission(String specification) {
        return new PolicyChoice(ordering, fairness, specification, preemption, batching, routing);
    }

    /** The same with another rule for interruptions. */
    public PolicyChoice withPreemption(String specification) {
        return new PolicyChoice(ordering, fairness, admission, specification, batching, routing);
    }

    /** The same with another way to form batches. */
    public PolicyChoice withBatching(String specification) {
        return new PolicyChoice(ordering, fairness, admission, preemption, specification, routing);
    }

    /** The same with another way to choose instances. */
    public PolicyChoice withRouting(String specification) {
        return new PolicyChoice(ordering, fairness, admission, preemption, batching, specification);
    }

    private static LanePolicies lane(
            String ordering,
            String fairness,
            String admission,
            String preemption,
            String batching) {
        return new LanePolicies(
                        PolicyCatalog.orderings().make(ordering),
                        PolicyCatalog.fairness().make(fairness),
                        PolicyCatalog.admissions().make(admission),
                        PolicyCatalog.preemptions().make(preemption),
                        PolicyCatalog.batchings().make(batching))
                .requireSense();
    }
}
