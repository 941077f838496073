package io.sluice.apps.control;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.cli.KafkaOptions;
import io.sluice.apps.order.Issue;
import io.sluice.apps.order.Order;
import io.sluice.apps.order.OrderSender;
import io.sluice.apps.order.WrongOrder;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** What all orders have in common: where they go, and why they are given. */
final class OrderOptions {

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why, for people; the log of the job repeats it.")
    private @Nullable String reason;

    @Mixin private KafkaOptions kafka = new KafkaOptions();

    /** By whom and why orders are given now. */
    Issue issue() {
        return new Issue(Instant.now(), System.getProperty("user.name"), reason);
    }

    /**
     * Makes an order and writes it, and prints its place.
     *
     * @throws ParameterException if it makes no sense
     * @throws CommandException if the broker does not take it
     */
    void give(CommandSpec command, Function<Issue, Order> order) {
        try {
            give(command, List.of(order.apply(issue())));
        } catch (WrongOrder wrong) {
            throw new ParameterException(
                    command.commandLine(),
                    "%s %s".formatted(wrong.field(), wrong.getMessage()),
                    wrong);
        }
    }

    /**
     * Writes orders, each after the other, and prints their places.
     *
     * @throws CommandException if the broker does not take one
     */
    void give(CommandSpec command, List<Order> orders) {
        OrderSender sender = new OrderSender(kafka.access());
        for (Order order : orders) {
            command.commandLine().getOut().println("written to " + sender.send(order));
        }
    }
}
