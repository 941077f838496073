package io.sluice.apps.simulate;

import io.sluice.apps.profile.ProfileChoice;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.core.policy.PolicyChoice;
import io.sluice.sim.engine.EngineProfile;
import io.sluice.sim.engine.EngineProfiles;
import io.sluice.sim.engine.KvRetention;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;

/** The options of the machines. What is not named is as the workload's study has it. */
final class FleetOptions {

    private static final String CLOSED_BATCH = "closed-batch";
    private static final int MOST_INSTANCES = 100_000;

    /** Goes with everything; what is compared takes its place. */
    private static final String ANY_ORDER = "fcfs";

    @Option(
            names = "--setting",
            paramLabel = "NAME[,NAME...]",
            description =
                    "The engines, by profile: A100_4B, A100_7B, A5000_4B, RTXPRO6000_8B or a file"
                            + " of calibrate. Several make a mixed fleet, in turn (default: A100_4B,"
                            + " or the machine that a --workload assumes).")
    private @Nullable String setting;

    @Option(
            names = "--instances",
            paramLabel = "N",
            description = "Engines in the fleet (default: one of each --setting).")
    private @Nullable Integer instances;

    @Option(
            names = {"--batch", "--slots"},
            paramLabel = "N",
            description = "Requests that run at once on an engine (default: the profile's).")
    private @Nullable Integer batch;

    @Option(
            names = "--routing",
            paramLabel = "NAME",
            description =
                    "round-robin, least-outstanding or session-affinity (default:"
                            + " least-outstanding).")
    private String routing = "least-outstanding";

    @Option(
            names = "--preemption",
            paramLabel = "NAME",
            description =
                    "never: what has started runs to its end. always: running and waiting requests"
                            + " are ranked together. total-wait: a run is interrupted if the two"
                            + " then wait less (default: never; always for --workload).")
    private @Nullable String preemption;

    @Option(
            names = "--fairness",
            paramLabel = "NAME",
            description =
                    "Whose turn it is among tenants: none, vtc or drr, such as"
                            + " vtc:weights=a=2/b=1 (default: ${DEFAULT-VALUE}).",
            defaultValue = "none")
    private String fairness = PolicyChoice.DEFAULT.fairness();

    @Option(
            names = "--admission",
            paramLabel = "NAME",
            description =
                    "Who is let in: fits or limits, such as limits:reject-early=yes (default:"
                            + " ${DEFAULT-VALUE}).",
            defaultValue = "limits")
    private String admission = PolicyChoice.DEFAULT.admission();

    @Option(
            names = "--batching",
            paramLabel = "NAME",
            description =
                    "When what waits is sent, such as continuous:look-ahead=none or"
                            + " closed:size=16,wait=1s (default: by --processing; without look-ahead"
                            + " where runs are interrupted and for --workload).")
    private @Nullable String batching;

    @Option(
            names = "--retention",
            paramLabel = "NAME",
            description =
                    "Memory of an interrupted run: free (it costs nothing, as studies assume),"
                            + " recompute, swap, or cheaper of the two (default: cheaper; free for"
                            + " --workload).")
    private @Nullable KvRetention retention;

    @Option(
            names = "--processing",
            paramLabel = "TYPE",
            description =
                    "continuous: requests join and leave a running batch. closed-batch: a group runs"
                            + " to its end before the next is looked at. sequential: one at a time"
                            + " (default: continuous).")
    private String processing = "continuous";

    /** Whether requests run one at a time. */
    boolean isSequential() {
        return switch (processing) {
            case "sequential" -> true;
            case "continuous", CLOSED_BATCH -> false;
            default ->
                    throw new IllegalArgumentException(
                            "unknown --processing '%s'; choose continuous, closed-batch or sequential"
                                    .formatted(processing));
        };
    }

    /** Name of the setting, which must be one. */
    String setting() {
        return setting == null ? EngineProfiles.A100_4B : setting;
    }

    /** Requests at once, if that was named. */
    int batchOr(int otherwise) {
        return batch == null ? otherwise : batch;
    }

    /**
     * The fleet.
     *
     * @param asInStudies whether lanes re-rank at every step and interruptions are free, unless
     *     something else is named
     */
    FleetChoice choice(boolean asInStudies) {
        return choice(asInStudies, asInStudies ? "always" : "never", null);
    }

    /**
     * The fleet of a paper's workload.
     *
     * @param usualPreemption unless something else is named
     * @param usualEngine unless a setting is named
     */
    FleetChoice choice(String usualPreemption, EngineProfile usualEngine) {
        return choice(true, usualPreemption, usualEngine);
    }

    private FleetChoice choice(
            boolean asInStudies, String usualPreemption, @Nullable EngineProfile usualEngine) {
        boolean closed = processing.equals(CLOSED_BATCH);
        String interrupting = preemption != null ? preemption : closed ? "never" : usualPreemption;
        boolean steered = PolicyCatalog.preemptions().make(interrupting).interruptsRuns();
        String usualBatching = asInStudies || steered ? "continuous:look-ahead=none" : "continuous";
        if (closed) {
            usualBatching = "closed";
        }
        PolicyChoice policies =
                new PolicyChoice(
                        ANY_ORDER,
                        fairness,
                        admission,
                        interrupting,
                        batching == null ? usualBatching : batching,
                        routing);
        return new FleetChoice(
                engines(usualEngine, steered),
                policies,
                retention != null
                        ? retention
                        : asInStudies ? KvRetention.FREE : KvRetention.CHEAPER);
    }

    private List<EngineProfile> engines(@Nullable EngineProfile usual, boolean steered) {
        String[] names = setting().split(",", -1);
        int count = instances == null ? names.length : instances;
        if (count < 1 || count > MOST_INSTANCES) {
            throw new IllegalArgumentException(
                    "--instances is %d, must be from 1 to %d".formatted(count, MOST_INSTANCES));
        }
        List<EngineProfile> engines = new ArrayList<>(count);
        if (List.of(names).contains("")) {
            throw new IllegalArgumentException(
                    "--setting '%s' has an empty place; write profiles as A100_4B,A100_7B"
                            .formatted(setting()));
        }
        if (batch != null && batch < 1) {
            throw new IllegalArgumentException("--batch is %d, must be 1 or more".formatted(batch));
        }
        for (int i = 0; i < count; i++) {
            EngineProfile named =
                    usual != null && setting == null
                            ? usual
                            : ProfileChoice.of(names[i % names.length].strip());
            engines.add(adapted(named, steered));
        }
        return engines;
    }

    private EngineProfile adapted(EngineProfile named, boolean steered) {
        EngineProfile profile = named;
        if (batch != null) {
            profile = profile.withLimits(profile.limits().withMaxSequences(batch));
        }
        // A lane that decides who is in a batch decides when the last one has ended.
        return steered ? profile.withRules(profile.rules().withLookAheadSteps(0)) : profile;
    }
}
