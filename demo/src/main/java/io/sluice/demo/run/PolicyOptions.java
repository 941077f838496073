package io.sluice.demo.run;

import io.sluice.core.policy.PolicyChoice;

import picocli.CommandLine.Option;

/** The options that say by which policies the scheduler job decides. */
final class PolicyOptions {

    private static final PolicyChoice USUAL = PolicyChoice.DEFAULT;

    @Option(
            names = "--policy",
            paramLabel = "NAME",
            description =
                    "Who goes first, with or without parameters: fcfs, sjf, priority, semantic, edf, and others"
                            + " (default: priority:max-overtake=30s).")
    private String ordering = USUAL.ordering();

    @Option(
            names = "--fairness",
            paramLabel = "NAME",
            description = "Whose turn it is among tenants: none, vtc or drr (default: none).")
    private String fairness = USUAL.fairness();

    @Option(
            names = "--admission",
            paramLabel = "NAME",
            description =
                    "Who is let into a queue, as in limits:max-requests=100,reject-early=yes (default: limits).")
    private String admission = USUAL.admission();

    @Option(
            names = "--preemption",
            paramLabel = "NAME",
            description = "When a run is interrupted for another (default: never).")
    private String preemption = USUAL.preemption();

    @Option(
            names = "--batching",
            paramLabel = "NAME",
            description = "When what waits is sent (default: continuous).")
    private String batching = USUAL.batching();

    @Option(
            names = "--routing",
            paramLabel = "NAME",
            description =
                    "How an instance is chosen: round-robin, least-outstanding or session-affinity (default: least-outstanding).")
    private String routing = USUAL.routing();

    /**
     * What they choose.
     *
     * @throws IllegalArgumentException naming what is wrong and the choices
     */
    PolicyChoice choice() {
        return new PolicyChoice(ordering, fairness, admission, preemption, batching, routing);
    }
}
