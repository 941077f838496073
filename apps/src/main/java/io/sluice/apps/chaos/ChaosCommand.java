package io.sluice.apps.chaos;

import io.sluice.apps.cli.OutputFiles;
import io.sluice.apps.cli.RunProgress;
import io.sluice.sim.protocol.Explanation;
import io.sluice.sim.protocol.Rule;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;

/** The command {@code chaos}. */
@Command(
        name = "chaos",
        description = {
            "Try the scheduler's protocol under faults, and check what it promises.",
            "With --simulated the whole of it, gate, router, lanes, journal, topics, checkpoints and"
                    + " workers, runs on a virtual clock, once for each seed: the job crashes between any"
                    + " two events, workers die, are cut off, lose their ledgers, partitions stand still."
                    + " The state machines are those of the scheduler job and the worker; the same seed"
                    + " takes the same course. Exit code 1 says that a promise was broken."
        },
        mixinStandardHelpOptions = true)
public final class ChaosCommand implements Callable<Integer> {

    private static final List<String> NOT_WITH_REPLAY =
            List.of("--seeds", "--first-seed", "--threads", "--without", "--rules", "--report");

    @Option(
            names = "--simulated",
            description =
                    "On a virtual clock, without Kafka and Flink. Without it the launcher's 'sluice chaos'"
                            + " disturbs a cluster of processes on this machine.")
    private boolean simulated;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "100000",
            description = "How many seeds to try (default: ${DEFAULT-VALUE}).")
    private long seeds = 100_000;

    @Option(
            names = "--first-seed",
            paramLabel = "SEED",
            defaultValue = "0",
            description = "The first of them (default: ${DEFAULT-VALUE}).")
    private long firstSeed;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Runs at the same time (default: one for each processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--without",
            paramLabel = "RULE",
            split = ",",
            converter = RuleConverter.class,
            description =
                    "Switch off a part of the protocol's rules, such as lane-hold; --rules lists them.")
    private List<Rule> without = List.of();

    @Option(
            names = "--rules",
            description =
                    "After the seeds, switch off each part of the rules in turn, and name the first"
                            + " of 1000 seeds that breaks its promise. With --seeds 0 nothing else.")
    private boolean rules;

    @Option(
            names = "--replay",
            paramLabel = "FILE",
            description = "Run the scenario of a file, and print all that happens.")
    private @Nullable Path replay;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write all figures to a JSON file.")
    private @Nullable Path report;

    @Option(
            names = "--save",
            paramLabel = "FOLDER",
            defaultValue = "${sys:sluice.run.dir:-run}",
            description =
                    "Where the scenario of the first seed that breaks a promise goes, made as small"
                            + " as it can be (default: the folder run).")
    private Path save = Path.of("run");

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        try {
            check();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    command().commandLine(), String.valueOf(e.getMessage()), e);
        }
        return replay == null ? tryAll() : replay(replay);
    }

    private void check() {
        if (!simulated) {
            throw new IllegalArgumentException(
                    "faults on a cluster come with the jar of the demo, which the launcher's 'sluice chaos' runs; add --simulated for those on the virtual clock");
        }
        for (String option : NOT_WITH_REPLAY) {
            if (replay != null
                    && command().commandLine().getParseResult().hasMatchedOption(option)) {
                throw new IllegalArgumentException(
                        "--replay takes everything from its file; leave out " + option);
            }
        }
        if (seeds < 1 && !(seeds == 0 && rules)) {
            throw new IllegalArgumentException("--seeds is %d, must be 1 or more".formatted(seeds));
        }
        if (threads < 1) {
            throw new IllegalArgumentException(
                    "--threads is %d, must be 1 or more".formatted(threads));
        }
        OutputFiles.check("--report", report);
    }

    private Integer replay(Path file) {
        Explanation explanation = ScenarioFiles.explain(file);
        PrintWriter out = out();
        out.print(explanation.text());
        out.flush();
        return explanation.violations().isEmpty() ? 0 : 1;
    }

    private Integer tryAll() {
        ChaosResult result = result();
        PrintWriter out = out();
        out.print(ChaosText.of(result));
        if (report != null) {
            ChaosReport.write(report, result);
        }
        if (!result.tally().broken().isEmpty()) {
            explain(result.tally().broken().get(0), result.call().off(), out);
        }
        out.flush();
        return result.isWell() ? 0 : 1;
    }

    private ChaosResult result() {
        Set<Rule> off = EnumSet.noneOf(Rule.class);
        off.addAll(without);
        long ofRules = rules ? Rule.values().length : 0;
        try (RunProgress progress = RunProgress.of("crashing", seeds + ofRules)) {
            SeedRuns runs = new SeedRuns(threads, progress::step);
            long start = System.nanoTime();
            Tally tally = runs.seeds(firstSeed, seeds, off);
            double seconds = (System.nanoTime() - start) / 1e9;
            return new ChaosResult(
                    new ChaosResult.Call(firstSeed, threads, off),
                    tally,
                    seconds,
                    rules ? runs.rules() : List.of());
        }
    }

    private void explain(long seed, Set<Rule> off, PrintWriter out) {
        Explanation explanation = Explanation.of(seed, off);
        Path file = ScenarioFiles.keep(save, seed, explanation);
        out.printf(
                "seed %d breaks a promise; %d steps are enough for that:%n",
                seed, explanation.steps());
        explanation.violations().forEach(violation -> out.println("  " + violation));
        out.printf("they are in %s%n", file);
        out.printf("see what happens: sluice chaos --simulated --replay %s%n", file);
    }

    private PrintWriter out() {
        return command().commandLine().getOut();
    }

    private CommandSpec command() {
        return Objects.requireNonNull(spec, "set by picocli");
    }

    /** Reads the title of a rule. */
    private static final class RuleConverter implements ITypeConverter<Rule> {

        @Override
        public Rule convert(String title) {
            return Rule.titled(title);
        }
    }
}
