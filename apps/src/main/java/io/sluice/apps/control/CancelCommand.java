package io.sluice.apps.control;

import io.sluice.apps.order.Order;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.Objects;
import java.util.concurrent.Callable;

/** {@code sluice control cancel}. */
@Command(
        name = "cancel",
        description = {
            "End a request, whatever its state: it leaves its queue, or its run is stopped.",
            ""
        },
        footer = {
            "",
            "Prints the place of the order in the control topic. The request's outcome is"
                    + " EvictedContextCancelled, unless it had ended before; an id that nobody knows is"
                    + " passed over."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class CancelCommand implements Callable<Integer> {

    @Parameters(paramLabel = "REQUEST_ID", description = "The request.")
    private String requestId = "";

    @Option(
            names = "--tenant",
            paramLabel = "TENANT",
            defaultValue = Order.DEFAULT_TENANT,
            description = "Whose request it is (default: ${DEFAULT-VALUE}).")
    private String tenant = "";

    @Mixin private OrderOptions options = new OrderOptions();

    @Spec private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        options.give(
                Objects.requireNonNull(command, "set by picocli"),
                issue -> Order.cancel(tenant, requestId, issue));
        return 0;
    }
}
