package io.sluice.demo.chaos;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.cli.OrderlyExit;
import io.sluice.apps.cli.OutputFiles;
import io.sluice.demo.process.TemporaryFolder;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;

/** {@code sluice chaos}: faults on a cluster of this machine. */
@Command(
        name = "chaos",
        description = {
            "Start a cluster of processes on this machine, with the scheduler job and simulated workers,"
                    + " send it requests, have things go wrong, and check after each round that every"
                    + " promise was kept. Exits with 0 if it was, else with 1.",
            "",
            "What goes wrong and when follows from the seed alone. Nothing is left running.",
            "",
            "With --simulated the protocol runs on a virtual clock instead, without Kafka and Flink:"
                    + " 'sluice chaos --simulated --help' tells more.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class ChaosCommand implements Callable<Integer> {

    /** How long a run is. */
    private static final class Length {

        private static final int SHORT_ROUNDS = 6;
        private static final int LONG_ROUNDS = 180;

        @Option(names = "--short", description = "6 rounds with 10 faults (the default).")
        private boolean brief;

        @Option(names = "--long", description = "180 rounds with 300 faults.")
        private boolean extended;

        @Option(names = "--rounds", paramLabel = "N", description = "So many rounds.")
        private @Nullable Integer rounds;

        int rounds() {
            return rounds != null ? rounds : extended ? LONG_ROUNDS : SHORT_ROUNDS;
        }
    }

    @ArgGroup private Length length = new Length();

    @Mixin private ChaosOptions options = new ChaosOptions();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write all figures to a JSON file.")
    private @Nullable Path report;

    @Spec private @Nullable CommandSpec spec;

    /** Returns when everything has been stopped. */
    @Override
    public Integer call() {
        ChaosSettings settings = settings();
        PrintWriter out = command().commandLine().getOut();
        out.println("seed " + settings.seed());
        settings.skipped()
                .forEach((kind, why) -> out.println("without " + kind.title() + ": " + why));
        out.flush();
        ChaosPlan plan = ChaosPlan.of(settings.seed(), settings.kinds(), settings.rounds());
        ChaosRun run = new ChaosRun(settings, plan, line -> print(out, line));
        Thread thread = Thread.currentThread();
        ChaosReport result = OrderlyExit.during(run::run, thread::interrupt);
        write(result);
        ChaosText.lines(result).forEach(line -> print(out, line));
        if (!result.findings().isEmpty()) {
            return 1;
        }
        if (!options.keep()) {
            TemporaryFolder.delete(settings.directory());
        }
        return 0;
    }

    private static void print(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }

    private ChaosSettings settings() {
        try {
            OutputFiles.check("--report", report);
            return options.settings(length.rounds());
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(
                    command().commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private void write(ChaosReport result) {
        if (report == null) {
            return;
        }
        try {
            ChaosReportJson.write(result, report);
        } catch (IOException exception) {
            throw new CommandException(
                    "cannot write --report %s: %s".formatted(report, exception), exception);
        }
    }

    private CommandSpec command() {
        return Objects.requireNonNull(spec, "set by picocli");
    }
}
