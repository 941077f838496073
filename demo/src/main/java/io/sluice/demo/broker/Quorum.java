package io.sluice.demo.broker;

import org.apache.kafka.common.Uuid;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The nodes of one Kafka cluster on this machine. Each is broker and controller at once, and each
 * votes: one node alone, or three of which any may be lost. Two would be lost with either.
 *
 * @param clusterId by which nodes know that they belong together: 16 bytes in Kafka's own base 64
 * @param controllerPorts where the controllers of node 1, 2, ... listen, on localhost
 */
public record Quorum(String clusterId, List<Integer> controllerPorts) {

    /** How many nodes outlive the loss of one. */
    public static final int SAFE = 3;

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if there are neither one nor three, or two have one port
     */
    public Quorum {
        controllerPorts = List.copyOf(controllerPorts);
        requireSize("the number of brokers", controllerPorts.size());
        if (new HashSet<>(controllerPorts).size() < controllerPorts.size()) {
            throw new IllegalArgumentException(
                    "each controller needs a port of its own, not " + controllerPorts);
        }
    }

    /**
     * Checks a number of brokers.
     *
     * @param what says so, for the error
     * @throws IllegalArgumentException if it is neither one nor three
     */
    public static void requireSize(String what, int brokers) {
        if (brokers != 1 && brokers != SAFE) {
            throw new IllegalArgumentException(
                    "%s must be 1, or %d so that the loss of one is survived, not %d"
                            .formatted(what, SAFE, brokers));
        }
    }

    /** New nodes, which have no log yet; a log that there is keeps the id it was made with. */
    public static Quorum of(List<Integer> controllerPorts) {
        return new Quorum(newClusterId(), controllerPorts);
    }

    /** An id that no other cluster has. */
    public static String newClusterId() {
        return Uuid.randomUuid().toString();
    }

    /** How many nodes there are. */
    public int size() {
        return controllerPorts.size();
    }

    /** Whether one may be lost. */
    boolean isSafe() {
        return size() >= SAFE;
    }

    /** The ids of the nodes, from 1. */
    IntStream nodes() {
        return IntStream.rangeClosed(1, size());
    }

    /**
     * Where the controller of a node listens.
     *
     * @throws IllegalArgumentException if there is no such node
     */
    int controllerPort(int node) {
        if (node < 1 || node > size()) {
            throw new IllegalArgumentException(
                    "there is no node %d among %d; the first is node 1".formatted(node, size()));
        }
        return controllerPorts.get(node - 1);
    }

    /** Kafka's {@code controller.quorum.voters}. */
    String voters() {
        return nodes().mapToObj(node -> "%d@localhost:%d".formatted(node, controllerPort(node)))
                .collect(Collectors.joining(","));
    }
}
