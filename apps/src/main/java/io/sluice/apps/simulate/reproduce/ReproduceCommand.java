package io.sluice.apps.simulate.reproduce;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.cli.OutputFiles;
import io.sluice.apps.cli.TextTable;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

/** The command {@code reproduce}. */
@Command(
        name = "reproduce",
        description = {
            "Simulate what published and reference numbers are of, and print ours beside them.",
            "Exit status 1 if one of them is not what it should be. Each number comes from a call of"
                    + " simulate, which --calls shows."
        },
        mixinStandardHelpOptions = true)
public final class ReproduceCommand implements Callable<Integer> {

    private static final List<String> HEADER =
            List.of("policy", "figure", "reference", "ours", "difference", "expected", "");

    @Parameters(
            paramLabel = "TABLE",
            arity = "0..*",
            description = "Which tables (default: all; --list names them).")
    private List<String> names = List.of();

    @Option(names = "--list", description = "Name the tables and run nothing.")
    private boolean list;

    @Option(names = "--calls", description = "Show the call of simulate above its numbers.")
    private boolean calls;

    @Option(
            names = "--markdown",
            paramLabel = "FILE",
            description = "Write the tables to a Markdown file too.")
    private @Nullable Path markdown;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Runs at the same time (default: one for each processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        List<ReferenceTable> chosen = chosen();
        check();
        PrintWriter out = Objects.requireNonNull(spec, "set by picocli").commandLine().getOut();
        if (list) {
            TextTable index = new TextTable(2, List.of("table", "numbers"));
            chosen.forEach(table -> index.add(List.of(table.name(), table.title())));
            out.print(index.aligned());
            out.flush();
            return 0;
        }
        StringBuilder page = new StringBuilder();
        int missed = 0;
        for (ReferenceTable table : chosen) {
            missed += show(table, out, page);
        }
        if (markdown != null) {
            write(markdown, page.toString());
        }
        out.println(missed == 0 ? "All as expected." : missed + " not as expected.");
        out.flush();
        return missed == 0 ? 0 : 1;
    }

    private void check() {
        try {
            OutputFiles.check("--markdown", markdown);
            if (threads < 1) {
                throw new IllegalArgumentException(
                        "--threads is %d, must be 1 or more".formatted(threads));
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    Objects.requireNonNull(spec, "set by picocli").commandLine(),
                    String.valueOf(e.getMessage()),
                    e);
        }
    }

    private List<ReferenceTable> chosen() {
        List<ReferenceTable> all = ReferenceTable.all();
        List<String> known = all.stream().map(ReferenceTable::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new ParameterException(
                        Objects.requireNonNull(spec, "set by picocli").commandLine(),
                        "unknown table '%s'; choose from %s"
                                .formatted(name, String.join(", ", known)));
            }
        }
        return names.isEmpty()
                ? all
                : all.stream().filter(table -> names.contains(table.name())).toList();
    }

    private int show(ReferenceTable table, PrintWriter out, StringBuilder page) {
        out.println(table.title());
        out.println("  " + table.source());
        page.append("## ").append(table.title()).append("\n\n").append(table.source()).append('\n');
        int missed = 0;
        for (ReferenceTable.Call call : table.calls()) {
            List<ComparedRow> compared = new Reproduction(threads).compare(call);
            TextTable text = table(compared);
            out.println();
            out.println(calls ? "  " + Reproduction.studyCall(call) : "  " + call.options());
            out.print(text.aligned());
            out.flush();
            page.append("\n`").append(call.options()).append("`\n\n").append(text.markdown());
            missed += (int) compared.stream().filter(row -> !row.isMet()).count();
        }
        out.println();
        page.append('\n');
        return missed;
    }

    private static TextTable table(List<ComparedRow> compared) {
        TextTable table = new TextTable(2, HEADER);
        for (ComparedRow row : compared) {
            List<String> cells = new ArrayList<>();
            cells.add(row.row().policy());
            cells.add(row.row().figure());
            cells.add(row.reference());
            cells.add(row.printed());
            cells.add(row.difference());
            cells.add(row.expected());
            cells.add(row.isMet() ? "" : "MISSED");
            table.add(cells);
        }
        return table;
    }

    private static void write(Path file, String page) {
        try {
            Files.writeString(file, page);
        } catch (IOException e) {
            throw new CommandException("cannot write --markdown %s: %s".formatted(file, e), e);
        }
    }
}
