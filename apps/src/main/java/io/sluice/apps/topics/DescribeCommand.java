package io.sluice.apps.topics;

import io.sluice.schemas.TopicPrefix;
import io.sluice.schemas.TopicTable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;

/** {@code sluice topics describe}. */
@Command(
        name = "describe",
        description = {
            "Print the catalogue of topics as a table: what is in each, how the broker is to keep it,"
                    + " who writes and who reads it. Asks no broker.",
            ""
        },
        mixinStandardHelpOptions = true)
final class DescribeCommand implements Callable<Integer> {

    @Option(
            names = "--topic-prefix",
            paramLabel = "PREFIX",
            defaultValue = "inference.",
            description = "What the names of all topics begin with (default: ${DEFAULT-VALUE}).")
    private String prefix = "";

    @Spec private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        CommandSpec spec = Objects.requireNonNull(command, "set by picocli");
        PrintWriter out = spec.commandLine().getOut();
        try {
            out.print(AlignedTable.of(TopicTable.markdown(new TopicPrefix(prefix))));
        } catch (IllegalArgumentException exception) {
            throw new ParameterException(
                    spec.commandLine(), "--topic-prefix: " + exception.getMessage(), exception);
        }
        out.flush();
        return 0;
    }
}
