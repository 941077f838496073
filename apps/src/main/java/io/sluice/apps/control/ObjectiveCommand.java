package io.sluice.apps.control;

import io.sluice.apps.order.Issue;
import io.sluice.apps.order.Order;
import io.sluice.core.slo.SloObjective;
import io.sluice.wire.ObjectiveFile;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

/** {@code sluice control objective}. */
@Command(
        name = "objective",
        description = {
            "Set the service level objectives of a file, or remove one, in a running SLA job.",
            "",
            "The file is a JSON array of objects with the keys id, indicator (TTFT, TPOT, E2E, QUEUE_WAIT,"
                    + " DEADLINE, SUCCESS, JOINT), threshold_ms, target (such as 0.99), period (such as 30d),"
                    + " and tenant, model, priority_class, service_tier and per where wanted.",
            ""
        },
        footer = {
            "",
            "Prints the place of each order in the control topic. An objective of the same id is replaced;"
                    + " others stay. What the job cannot do becomes a dead letter that says why."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ObjectiveCommand implements Callable<Integer> {

    @ArgGroup(multiplicity = "1")
    private What what = new What();

    @Mixin private OrderOptions options = new OrderOptions();

    @Spec private @Nullable CommandSpec command;

    /** One of the two. */
    private static final class What {

        @Option(names = "--file", paramLabel = "FILE", description = "Objectives to set.")
        private @Nullable Path file;

        @Option(names = "--remove", paramLabel = "ID", description = "Objective to remove.")
        private @Nullable String remove;
    }

    @Override
    public Integer call() {
        options.give(command(), orders());
        return 0;
    }

    private List<Order> orders() {
        Issue issue = options.issue();
        if (what.file == null) {
            String id = Objects.requireNonNull(what.remove, "one is given");
            return List.of(Order.removeObjective(id, issue));
        }
        return read(what.file).stream()
                .map(objective -> Order.objective(objective, issue))
                .toList();
    }

    private List<SloObjective> read(Path file) {
        try {
            List<SloObjective> objectives = ObjectiveFile.read(file);
            if (objectives.isEmpty()) {
                throw wrong(file + " names no objective");
            }
            return objectives;
        } catch (IllegalArgumentException exception) {
            throw wrong(String.valueOf(exception.getMessage()));
        } catch (IOException exception) {
            throw wrong("%s cannot be read: %s".formatted(file, exception));
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command().commandLine(), message);
    }

    private CommandSpec command() {
        return Objects.requireNonNull(command, "set by picocli");
    }
}
