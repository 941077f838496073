package io.sluice.demo.run;

import io.sluice.apps.cli.OrderlyExit;
import io.sluice.demo.report.RunReport;
import io.sluice.demo.report.RunReportJson;
import io.sluice.demo.report.RunSummary;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

/** {@code sluice demo}: the whole pipeline in one process, for one run of one trace. */
@Command(
        name = "demo",
        description = {
            "Replay a trace through a Kafka broker, both Flink jobs and simulated GPU workers, all in"
                    + " this process, watch it, and report what became of every request.",
            ""
        },
        footer = {
            "",
            "Exit code: 0 when every request has exactly one outcome, 1 when not or when something"
                    + " failed, 2 for a wrong call, 130 after Ctrl-C."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = false)
public final class DemoCommand implements Callable<Integer> {

    private static final int STOPPED = 130;

    @Mixin private DemoOptions options = new DemoOptions();

    @Option(names = "--headless", description = "Print lines instead of redrawing a screen.")
    private boolean headless;

    @Option(names = "--report", paramLabel = "FILE", description = "Write the report, as JSON.")
    private @Nullable Path report;

    @Option(
            names = "--keep-alive",
            description = "Leave everything running after the report, until Ctrl-C.")
    private boolean keepAlive;

    @Spec private @Nullable CommandSpec spec;

    private boolean addsUp;

    /** Runs until the report is written, or until Ctrl-C. */
    @Override
    public Integer call() throws IOException {
        DemoSettings settings = options.settings();
        requireWritable();
        PrintWriter out = Objects.requireNonNull(spec, "set by picocli").commandLine().getOut();
        Console console = new Console(out, !headless && System.console() != null);
        DemoRun run = new DemoRun(settings, console);
        boolean ended =
                OrderlyExit.during(() -> run.run(result -> done(result, run, console)), run::stop);
        if (!ended) {
            console.say("stopped");
            return STOPPED;
        }
        return addsUp ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /** Better told now than after the run. */
    private void requireWritable() {
        if (report == null) {
            return;
        }
        Path folder = report.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(report)) {
            throw new DemoException(
                    "--report %s: not a file in a folder that exists".formatted(report));
        }
    }

    private void done(RunReport result, DemoRun run, Console console) {
        console.print(List.of(""));
        console.print(RunSummary.lines(result));
        write(result, console);
        result.problem().ifPresent(problem -> console.print(List.of("sluice: " + problem)));
        addsUp = result.problem().isEmpty();
        if (keepAlive) {
            console.say("everything still runs; Ctrl-C ends it");
            run.awaitStop();
        }
    }

    private void write(RunReport result, Console console) {
        if (report == null) {
            return;
        }
        try {
            RunReportJson.write(result, report);
            console.say("report in " + report);
        } catch (IOException exception) {
            throw new DemoException("cannot write the report: " + exception, exception);
        }
    }
}
