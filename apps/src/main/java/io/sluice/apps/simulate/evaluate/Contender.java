package io.sluice.apps.simulate.evaluate;

import io.sluice.apps.simulate.StudyCall;

/**
 * A configuration that is compared.
 *
 * @param label what it is called in tables
 * @param policy its order
 * @param fairness whose turn it is among tenants
 * @param preemption when runs are interrupted
 */
record Contender(String label, String policy, String fairness, String preemption) {

    private static final String NONE = "none";
    private static final String NEVER = "never";

    /** What the others are compared with. */
    static final Contender FCFS = order("fcfs");

    static Contender order(String policy) {
        return new Contender(policy, policy, NONE, NEVER);
    }

    /** Tenants take turns, each first come first served. */
    static Contender turns(String fairness) {
        return new Contender("fcfs, " + fairness, "fcfs", fairness, NEVER);
    }

    /** An order that may interrupt. */
    static Contender interrupting(String policy, String preemption) {
        return new Contender(policy + ", " + preemption, policy, NONE, preemption);
    }

    /** The call of {@code simulate} that runs it. */
    StudyCall in(StudyCall workload) {
        return workload.with("--policy", policy)
                .with("--fairness", fairness)
                .with("--preemption", preemption);
    }
}
