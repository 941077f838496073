package io.sluice.apps.simulate;

import io.sluice.apps.trace.workload.WorkloadOptions;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

import java.util.Map;
import java.util.Set;

/** Which options go with which workload. One that would be left aside is refused. */
final class OptionScope {

    private static final String TRACE = "--trace or --synthetic";

    /** Whose options a workload takes besides those of the fleet. */
    private static final Map<String, Class<?>> OWN =
            Map.of(
                    "semantic", SemanticOptions.class,
                    "k-lpm", PrefixTreeOptions.class,
                    "ltr-burst", RankingBurstOptions.class,
                    "ltr-synthetic", RankingBurstOptions.class,
                    "workflows", WorkflowOptions.class);

    /** Workloads that arrive at a rate, which is an option of traces otherwise. */
    private static final Set<String> AT_A_RATE = Set.of("k-lpm", "workflows");

    private static final Set<String> OF_SYNTHETIC_DATA = Set.of("--answers", "--within");
    private static final Set<String> OF_ONE_AT_A_TIME = Set.of("--setting", "--processing");

    private final @Nullable String workload;
    private final boolean sequential;

    /**
     * The options of a call.
     *
     * @param workload a paper's workload, or null for a trace
     * @param sequential whether requests run one at a time
     */
    OptionScope(@Nullable String workload, boolean sequential) {
        this.workload = workload;
        this.sequential = sequential;
    }

    /**
     * Looks for an option that would be left aside.
     *
     * @throws IllegalArgumentException naming it and what it goes with
     */
    void check(ParseResult given) {
        for (OptionSpec option : given.matchedOptions()) {
            String name = option.longestName();
            Object owner = owner(given.commandSpec(), name);
            if (owner instanceof FleetOptions) {
                require(
                        !sequential || OF_ONE_AT_A_TIME.contains(name),
                        name,
                        "--processing continuous or closed-batch");
            } else if (owner instanceof WorkloadOptions) {
                requireOfTrace(name);
            } else if (owner != null) {
                require(isOwn(owner, name), name, "--workload " + workloadsOf(owner, name));
            } else if (name.equals("--prediction")) {
                requireOfTrace(name);
            } else if (name.equals("--tie")) {
                require(!sequential, name, "--policy lpm or k-lpm");
            }
        }
    }

    private void requireOfTrace(String name) {
        if (name.equals("--rate")) {
            require(
                    workload == null || AT_A_RATE.contains(workload),
                    name,
                    TRACE + ", --workload k-lpm or workflows");
        } else {
            require(workload == null, name, TRACE);
        }
    }

    private boolean isOwn(Object owner, String name) {
        return workload != null
                && OWN.get(workload) == owner.getClass()
                && (!OF_SYNTHETIC_DATA.contains(name) || workload.equals("ltr-synthetic"));
    }

    private static String workloadsOf(Object owner, String name) {
        return OF_SYNTHETIC_DATA.contains(name)
                ? "ltr-synthetic"
                : String.join(
                        " or ",
                        OWN.entrySet().stream()
                                .filter(own -> own.getValue() == owner.getClass())
                                .map(Map.Entry::getKey)
                                .sorted()
                                .toList());
    }

    /** Null for the command's own. */
    private static @Nullable Object owner(CommandSpec command, String option) {
        return command.mixins().values().stream()
                .filter(mixin -> mixin.findOption(option) != null)
                .map(CommandSpec::userObject)
                .findFirst()
                .orElse(null);
    }

    private void require(boolean used, String option, String with) {
        if (!used) {
            String here = workload == null ? "a trace" : "--workload " + workload;
            throw new IllegalArgumentException(
                    "%s goes with %s, not with %s"
                            .formatted(option, with, sequential ? here + " one at a time" : here));
        }
    }
}
