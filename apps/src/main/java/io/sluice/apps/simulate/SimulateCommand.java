package io.sluice.apps.simulate;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.cli.OutputFiles;
import io.sluice.apps.cli.RunProgress;
import io.sluice.apps.trace.TraceException;
import io.sluice.apps.trace.workload.TraceOpener;
import io.sluice.apps.trace.workload.WorkloadOptions;
import io.sluice.sim.fleet.RunListener;

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

    @Option(
            names = "--workload",
            paramLabel = "NAME",
            description =
                    "A workload in place of a trace: semantic, k-lpm, ltr-burst or ltr-synthetic of"
                            + " the papers, or workflows.")
    private @Nullable String workload;

    @Mixin private SemanticOptions semantic = new SemanticOptions();
    @Mixin private PrefixTreeOptions prefixTree = new PrefixTreeOptions();
    @Mixin private RankingBurstOptions rankingBurst = new RankingBurstOptions();
    @Mixin private WorkflowOptions workflows = new WorkflowOptions();
    @Mixin private WorkloadOptions trace = new WorkloadOptions();
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
                    "What policies see of the answers' lengths in a trace: exact, none, recorded,"
                            + " or noisy:TAU for lengths whose Kendall's tau-b with the true ones is"
                            + " TAU (default: ${DEFAULT-VALUE}).")
    private String prediction = "exact";

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
            names = "--warm-up",
            paramLabel = "N",
            description =
                    "Runs before each one, which count for nothing: cpu s is then that of compiled"
                            + " code (default: 0).")
    private int warmUps;

    @Option(
            names = "--sweep",
            paramLabel = "OPTION=V,V...",
            description =
                    "Vary an option of this command, such as rate=2,4,8; several are varied each with"
                            + " each.")
    private List<String> sweep = List.of();

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

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write one page with charts, which needs no network.")
    private @Nullable Path html;

    @Spec private @Nullable CommandSpec spec;

    private final TraceOpener traces;

    /** The command as a user calls it. */
    public SimulateCommand() {
        this(TraceOpener.FILES);
    }

    /**
     * The command as another one calls it.
     *
     * @param traces where traces come from
     */
    SimulateCommand(TraceOpener traces) {
        this.traces = traces;
    }

    @Override
    public Integer call() {
        List<Point> points;
        ParallelRuns.Effort effort;
        try {
            OutputFiles.check("--report", report);
            OutputFiles.check("--csv", csv);
            OutputFiles.check("--html", html);
            points = points();
            effort = new ParallelRuns.Effort(threads, warmUps);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    command().commandLine(), String.valueOf(e.getMessage()), e);
        }
        return run(points, effort);
    }

    private List<Point> points() {
        if (sweep.isEmpty()) {
            return List.of(new Point(Map.of(), plan()));
        }
        return Sweep.parse(sweep).points(StudyCall.of(command().commandLine().getParseResult()));
    }

    /**
     * What the options ask for.
     *
     * @throws IllegalArgumentException naming what makes no sense, and the choices
     */
    Plan plan() {
        StudyMaker maker =
                new StudyMaker(
                        semantic,
                        prefixTree,
                        rankingBurst,
                        workflows,
                        trace,
                        fleet,
                        new StudyMaker.Context(Foresight.parse(prediction), tie, traces));
        Study study = maker.make(workload);
        new OptionScope(workload, fleet.isSequential())
                .check(command().commandLine().getParseResult());
        return new Plan(study, PolicyList.parse(policies), SeedList.parse(seeds));
    }

    private Integer run(List<Point> points, ParallelRuns.Effort effort) {
        PrintWriter out = command().commandLine().getOut();
        Map<String, String> conditions = conditions(points);
        HtmlReport charts = new HtmlReport(points.get(0));
        try (RequestCsv lines = csv == null ? RequestCsv.none() : RequestCsv.to(csv);
                RunProgress progress = RunProgress.of("simulating", runs(points))) {
            List<Summary> summaries =
                    new ParallelRuns(effort, listeners(lines, charts), progress::step).all(points);
            conditions.forEach((name, value) -> out.printf("%s %s  ", name, value));
            out.println();
            out.print(SummaryTable.of(summaries));
            if (report != null) {
                SimulationReport.write(report, conditions, summaries);
            }
            if (html != null) {
                charts.write(html, summaries);
            }
            out.flush();
            return 0;
        } catch (TraceException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e);
        }
    }

    private static long runs(List<Point> points) {
        return points.stream()
                .map(Point::plan)
                .mapToLong(plan -> (long) plan.policies().size() * plan.seeds().size())
                .sum();
    }

    private Map<String, String> conditions(List<Point> points) {
        Map<String, String> conditions =
                new LinkedHashMap<>(points.get(0).plan().study().conditions());
        if (warmUps > 0) {
            conditions.put("warm-up", Integer.toString(warmUps));
        }
        return conditions;
    }

    private ParallelRuns.RunListeners listeners(RequestCsv lines, HtmlReport charts) {
        if (html == null) {
            return lines::of;
        }
        return (point, policy, seed) -> {
            RunListener line = lines.of(point, policy, seed);
            RunListener drawn = charts.of(point, policy, seed);
            return result -> {
                line.ended(result);
                drawn.ended(result);
            };
        };
    }

    private CommandSpec command() {
        return Objects.requireNonNull(spec, "set by picocli");
    }
}
