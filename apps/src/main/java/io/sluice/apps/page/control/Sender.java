package io.sluice.apps.page.control;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.order.Order;
import io.sluice.apps.order.OrderPlace;

/** Writes an order where the jobs read it. */
@FunctionalInterface
public interface Sender {

    /**
     * Writes it, and waits until the broker has it.
     *
     * @throws CommandException if the broker does not take it
     */
    OrderPlace send(Order order);
}
