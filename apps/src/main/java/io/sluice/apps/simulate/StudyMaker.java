package io.sluice.apps.simulate;

import io.sluice.apps.trace.workload.TraceOpener;
import io.sluice.apps.trace.workload.WorkloadOptions;
import io.sluice.sim.engine.StudyCoefficients;
import io.sluice.sim.workload.PrefixTreeSettings;
import io.sluice.sim.workload.PrefixTreeWorkload;
import io.sluice.sim.workload.SemanticSettings;
import io.sluice.sim.workload.SemanticWorkload;
import io.sluice.sim.workload.StudyEngines;
import io.sluice.sim.workload.WorkflowSettings;
import io.sluice.sim.workload.WorkflowWorkload;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Makes the study that options describe. Each workload brings the machine and the conditions that
 * its paper assumes, unless others are named.
 *
 * @param semantic options of the semantic workload
 * @param prefixTree options of the k-lpm workload
 * @param rankingBurst options of the ltr workloads
 * @param workflows options of the workflows
 * @param trace options of a trace
 * @param fleet the machines
 * @param context what else matters
 */
record StudyMaker(
        SemanticOptions semantic,
        PrefixTreeOptions prefixTree,
        RankingBurstOptions rankingBurst,
        WorkflowOptions workflows,
        WorkloadOptions trace,
        FleetOptions fleet,
        Context context) {

    private static final int DEFAULT_SLOTS = 256;

    /**
     * What matters to all studies of a kind.
     *
     * @param foresight of the lengths in a trace
     * @param tie rule of the prefix policies, or null for their own
     * @param traces where traces come from
     */
    record Context(Foresight foresight, @Nullable String tie, TraceOpener traces) {}

    /**
     * The study.
     *
     * @param workload a paper's workload, or null for a trace
     * @throws IllegalArgumentException naming what makes no sense, and the choices
     */
    Study make(@Nullable String workload) {
        if (fleet.isSequential() && !"semantic".equals(workload)) {
            throw new IllegalArgumentException(
                    "--processing sequential goes with --workload semantic; choose continuous or closed-batch, or --batch 1 for one at a time");
        }
        if (workload == null) {
            return traceStudy();
        }
        if (trace.isGiven()) {
            throw new IllegalArgumentException("give either --workload or a trace, not both");
        }
        return switch (workload) {
            case "semantic" -> fleet.isSequential() ? sequentialStudy() : semanticStudy();
            case "k-lpm" -> prefixStudy();
            case "ltr-burst" -> rankingStudy(RankingBurstOptions.Kind.BURST);
            case "ltr-synthetic" ->
                    new AnswerStudy(
                            rankingStudy(RankingBurstOptions.Kind.SYNTHETIC_DATA),
                            rankingBurst.wanted());
            case "workflows" -> workflowStudy();
            default ->
                    throw new IllegalArgumentException(
                            "unknown --workload '%s'; choose semantic, k-lpm, ltr-burst, ltr-synthetic or workflows"
                                    .formatted(workload));
        };
    }

    private Study prefixStudy() {
        double rate =
                trace.rate()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "--workload k-lpm needs --rate, requests per second"));
        PrefixTreeSettings settings = prefixTree.settings(rate);
        return new FleetStudy(
                prefixTree.conditions(rate),
                seed -> new PrefixTreeWorkload(settings).requests(seed),
                fleet.choice(
                        "never", StudyEngines.onePromptAtATime(settings, prefixTree.cacheTokens())),
                prefixes(prefixTree.cacheTokens() == 0, () -> true));
    }

    private Study rankingStudy(RankingBurstOptions.Kind kind) {
        return new FleetStudy(
                rankingBurst.conditions(kind),
                rankingBurst.requests(kind),
                fleet.choice("always", rankingBurst.engine(fleet.batchOr(DEFAULT_SLOTS))),
                prefixes(false, () -> false));
    }

    private Study workflowStudy() {
        WorkflowSettings settings = workflows.settings(trace.rate());
        return new FleetStudy(
                workflows.conditions(),
                seed -> new WorkflowWorkload(settings).requests(seed),
                fleet.choice(false),
                prefixes(false, () -> false));
    }

    private Study semanticStudy() {
        SemanticSettings settings = semantic.settings(false);
        return new FleetStudy(
                semantic.conditions(false),
                seed -> new SemanticWorkload(settings).requests(seed),
                fleet.choice(true),
                prefixes(false, () -> false));
    }

    private Study sequentialStudy() {
        Map<String, String> conditions = semantic.conditions(true);
        conditions.put("setting", fleet.setting());
        return new SequentialStudy(
                conditions, semantic.settings(true), StudyCoefficients.named(fleet.setting()));
    }

    private Study traceStudy() {
        if (!trace.isGiven()) {
            throw new IllegalArgumentException(
                    "nothing to simulate: give --workload NAME, --trace FILE or --synthetic");
        }
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put("trace", trace.spec(0).trace().name());
        TraceRequests requests =
                new TraceRequests(trace::spec, context.foresight(), context.traces());
        return new FleetStudy(
                conditions, requests, fleet.choice(false), prefixes(false, requests::tellPrefixes));
    }

    private PrefixDefaults prefixes(boolean oneQuery, BooleanSupplier known) {
        return new PrefixDefaults(context.tie(), oneQuery, known);
    }
}
