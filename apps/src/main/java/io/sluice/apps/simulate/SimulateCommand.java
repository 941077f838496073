package io.sluice.apps.simulate;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.trace.TraceException;
import io.sluice.apps.trace.workload.Prediction;
import io.sluice.apps.trace.workload.WorkloadOptions;
import io.sluice.sim.engine.StudyCoefficients;
import io.sluice.sim.workload.PrefixTreeSettings;
import io.sluice.sim.workload.PrefixTreeWorkload;
import io.sluice.sim.workload.RankingBurstSettings;
import io.sluice.sim.workload.RankingBurstWorkload;
import io.sluice.sim.workload.StudyEngines;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

/** The command {@code simulate}. */
@Command(
        name = "simulate",
        description = {
            "Run a workload through policies on a virtual clock, and compare them.",
            "The router and the lanes are those of the scheduler job; the GPU servers are models."
                    + " The same seed gives the same run."
        },
        mixinStandardHelpOptions = true)
public final class SimulateCommand implements Callable<Integer> {

    private static final int DEFAULT_SLOTS = 256;

    @Mixin private GeneratorOptions generator = new GeneratorOptions();
    @Mixin private WorkloadOptions traceOptions = new WorkloadOptions();
    @Mixin private FleetOptions fleet = new FleetOptions();

    @Option(
            names = "--policy",
            paramLabel = "LIST",
            defaultValue = "fcfs",
            description =
                    "Ordering policies to compare, such as fcfs,sjf,semantic:max-overtake=30s"
                            + " (default: ${DEFAULT-VALUE}).")
    private String policies = "fcfs";

    @Option(
            names = "--seeds",
            paramLabel = "LIST",
            defaultValue = "0",
            description =
                    "Seeds to run each policy with: 0-4 or 0,1,2 (default: ${DEFAULT-VALUE}).")
    private String seeds = "0";

    @Option(
            names = "--prediction",
            paramLabel = "NAME",
            defaultValue = "exact",
            description =
                    "What policies see of the answers' lengths in a trace: exact, none, or"
                            + " recorded (default: ${DEFAULT-VALUE}).")
    private Prediction prediction = Prediction.EXACT;

    @Option(
            names = "--tie",
            paramLabel = "RULE",
            description =
                    "How lpm and k-lpm choose where no prefix matches, unless they say it"
                            + " themselves: arrival or random (default: arrival).")
    private @Nullable String tie;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Runs at the same time (default: one for each processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write all figures to a JSON file.")
    private @Nullable Path report;

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description = "Write a line for each request to a CSV file.")
    private @Nullable Path csv;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Study study;
        List<String> policyList;
        List<Long> seedList;
        try {
            policyList = PolicyList.parse(policies);
            seedList = SeedList.parse(seeds);
            study = study();
            study.check(policyList);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    command().commandLine(), String.valueOf(e.getMessage()), e);
        }
        return run(study, policyList, seedList);
    }

    private Integer run(Study study, List<String> policyList, List<Long> seedList) {
        PrintWriter out = command().commandLine().getOut();
        try (RequestCsv lines = csv == null ? RequestCsv.none() : RequestCsv.to(csv)) {
            List<Summary> summaries =
                    new ParallelRuns(study, threads, lines).all(policyList, seedList);
            study.conditions().forEach((name, value) -> out.printf("%s %s  ", name, value));
            out.println();
            out.print(SummaryTable.of(summaries));
            if (report != null) {
                SimulationReport.write(report, study.conditions(), summaries);
            }
            out.flush();
            return 0;
        } catch (TraceException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e);
        }
    }

    private Study study() {
        String workload = generator.workload();
        if (workload == null) {
            return traceStudy();
        }
        if (traceOptions.isGiven()) {
            throw new IllegalArgumentException("give either --workload or a trace, not both");
        }
        return switch (workload) {
            case "semantic" -> semanticStudy();
            case "k-lpm" -> prefixStudy();
            case "ltr-burst" -> rankingStudy();
            default ->
                    throw new IllegalArgumentException(
                            "unknown --workload '%s'; choose semantic, k-lpm or ltr-burst"
                                    .formatted(workload));
        };
    }

    private Study prefixStudy() {
        double rate =
                traceOptions
                        .rate()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "--workload k-lpm needs --rate, requests per second"));
        PrefixTreeSettings settings = generator.prefixTree(rate);
        return new FleetStudy(
                generator.prefixTreeConditions(rate),
                seed -> new PrefixTreeWorkload(settings).requests(seed),
                fleet.choice(
                        "never",
                        StudyEngines.onePromptAtATime(settings, generator.prefixCacheTokens())),
                new PrefixDefaults(tie, generator.prefixCacheTokens() == 0));
    }

    private Study rankingStudy() {
        RankingBurstSettings settings = generator.rankingBurst();
        return new FleetStudy(
                generator.rankingBurstConditions(),
                seed -> new RankingBurstWorkload(settings).requests(seed),
                fleet.choice("always", StudyEngines.constantStep(fleet.batchOr(DEFAULT_SLOTS))),
                new PrefixDefaults(tie, false));
    }

    private Study semanticStudy() {
        boolean sequential = fleet.isSequential();
        Map<String, String> conditions = generator.semanticConditions(sequential);
        return sequential
                ? sequentialStudy(conditions)
                : new FleetStudy(
                        conditions,
                        seed -> generator.semantic().requests(seed),
                        fleet.choice(true),
                        new PrefixDefaults(tie, false));
    }

    private Study sequentialStudy(Map<String, String> conditions) {
        conditions.put("setting", fleet.setting());
        return new SequentialStudy(
                conditions,
                generator.semanticSettings(true),
                StudyCoefficients.named(fleet.setting()));
    }

    private Study traceStudy() {
        if (!traceOptions.isGiven()) {
            throw new IllegalArgumentException(
                    "nothing to simulate: give --workload NAME, --trace FILE or --synthetic");
        }
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put("trace", traceOptions.spec(0).trace().name());
        return new FleetStudy(
                conditions,
                new TraceRequests(traceOptions::spec, prediction),
                fleet.choice(false),
                new PrefixDefaults(tie, false));
    }

    private CommandSpec command() {
        return Objects.requireNonNull(spec, "set by picocli");
    }
}
