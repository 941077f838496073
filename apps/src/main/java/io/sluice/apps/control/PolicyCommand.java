package io.sluice.apps.control;

import io.sluice.apps.order.Order;
import io.sluice.apps.order.PolicyNames;
import io.sluice.apps.order.WrongOrder;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

/** {@code sluice control policy}. */
@Command(
        name = "policy",
        description = {
            "Have the scheduler job decide by other policies from now on; what is not named stays as it"
                    + " is.",
            "",
            "Each policy is a name, or name:parameter=value,...",
            ""
        },
        footer = {
            "",
            "Prints the place of the order in the control topic. Decisions under the new policies name"
                    + " it as config_position; if they make no sense together with those that stay,"
                    + " nothing changes, and a dead letter says why."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class PolicyCommand implements Callable<Integer> {

    @Option(names = "--policy", paramLabel = "NAME", description = "Who goes first in a lane.")
    private @Nullable String ordering;

    @Option(
            names = "--fairness",
            paramLabel = "NAME",
            description = "Whose turn it is among tenants.")
    private @Nullable String fairness;

    @Option(names = "--admission", paramLabel = "NAME", description = "Who is let into a lane.")
    private @Nullable String admission;

    @Option(
            names = "--preemption",
            paramLabel = "NAME",
            description = "When a run is interrupted for another.")
    private @Nullable String preemption;

    @Option(names = "--batching", paramLabel = "NAME", description = "When what waits is sent.")
    private @Nullable String batching;

    @Option(names = "--routing", paramLabel = "NAME", description = "How an instance is chosen.")
    private @Nullable String routing;

    @Mixin private OrderOptions options = new OrderOptions();

    @Spec private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        Order order = Order.policies(names(), options.issue());
        options.give(command(), List.of(order));
        return 0;
    }

    private PolicyNames names() {
        PolicyNames names;
        try {
            names = new PolicyNames(ordering, fairness, admission, preemption, batching, routing);
        } catch (WrongOrder wrong) {
            throw wrong(Objects.requireNonNull(wrong.getMessage(), "says what is wrong"));
        }
        if (names.isEmpty()) {
            throw wrong(
                    "name at least one of --policy, --fairness, --admission, --preemption, --batching, --routing");
        }
        return names;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command().commandLine(), message);
    }

    private CommandSpec command() {
        return Objects.requireNonNull(command, "set by picocli");
    }
}
