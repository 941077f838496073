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

/** {@code sluice control drain}. */
@Command(
        name = "drain",
        description = {
            "Take an instance out: it takes no more work, and what waits for it goes elsewhere.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DrainCommand implements Callable<Integer> {

    @Parameters(paramLabel = "INSTANCE", description = "Id of the instance.")
    private String instanceId = "";

    @Option(names = "--undo", description = "Have it take work again.")
    private boolean undo;

    @Mixin private OrderOptions options = new OrderOptions();

    @Spec private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        options.give(
                Objects.requireNonNull(command, "set by picocli"),
                issue -> undo ? Order.undrain(instanceId, issue) : Order.drain(instanceId, issue));
        return 0;
    }
}
