package io.sluice.apps.simulate.evaluate;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.cli.OutputFiles;
import io.sluice.apps.trace.TraceException;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

/** The command {@code evaluate}. */
@Command(
        name = "evaluate",
        description = {
            "Compare policies on public traces: time to first token, targets met, fairness, and the"
                    + " highest rate that each can bear.",
            "Takes many simulated runs of each: minutes."
        },
        mixinStandardHelpOptions = true)
public final class EvaluateCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "SCENARIO",
            arity = "0..*",
            description = "azure-conv, azure-code, mooncake, arena (default: all).")
    private List<String> names = List.of();

    @Option(
            names = "--traces",
            paramLabel = "FOLDER",
            required = true,
            description =
                    "Folder with the traces: azure2023/, mooncake/ and lmsys_arena/ below it, with the"
                            + " names that their authors gave them.")
    private Path folder = Path.of("");

    @Option(
            names = "--prediction",
            paramLabel = "NAME",
            defaultValue = "noisy:0.54",
            description =
                    "What policies see of the answers' lengths, as in simulate (default:"
                            + " ${DEFAULT-VALUE}).")
    private String prediction = "noisy:0.54";

    @Option(
            names = "--bisections",
            paramLabel = "N",
            defaultValue = "6",
            description =
                    "Steps to the highest rate; each halves the error (default: ${DEFAULT-VALUE},"
                            + " within 1.1 %%).")
    private int bisections = 6;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "0",
            description = "Requests of each trace (default: 3000; 955 of arena).")
    private long limit;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Runs at the same time (default: one for each processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--out", paramLabel = "FILE", description = "Write a Markdown page.")
    private @Nullable Path page;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec, "set by picocli");
        PrintWriter out = command.commandLine().getOut();
        PrintWriter err = command.commandLine().getErr();
        Evaluation.Terms terms = terms(command);
        Evaluation evaluation =
                new Evaluation(
                        folder,
                        terms,
                        done -> {
                            err.println("done: " + done);
                            err.flush();
                        });
        StringBuilder text = new StringBuilder(EvaluationPage.head(terms));
        try {
            for (Scenario scenario : chosen(command)) {
                Evaluation.Outcome outcome = evaluation.of(scenario);
                out.println(scenario.title());
                out.println(EvaluationPage.table(outcome).aligned());
                out.flush();
                text.append(EvaluationPage.part(outcome));
            }
        } catch (TraceException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e);
        }
        if (page != null) {
            write(page, text.toString());
        }
        return 0;
    }

    private Evaluation.Terms terms(CommandSpec command) {
        try {
            OutputFiles.check("--out", page);
            return new Evaluation.Terms(prediction, bisections, limit, threads);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private List<Scenario> chosen(CommandSpec command) {
        List<String> known = Scenario.ALL.stream().map(Scenario::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new ParameterException(
                        command.commandLine(),
                        "unknown scenario '%s'; choose from %s"
                                .formatted(name, String.join(", ", known)));
            }
        }
        return Scenario.ALL.stream()
                .filter(scenario -> names.isEmpty() || names.contains(scenario.name()))
                .toList();
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new CommandException("cannot write --out %s: %s".formatted(file, e), e);
        }
    }
}
