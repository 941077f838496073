package io.sluice.demo.broker;

import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Which of several brokers is meant, and which the others are; all three are told the same. */
final class QuorumOptions {

    @Option(
            names = "--node",
            required = true,
            paramLabel = "N",
            description = "Which node this is, from 1.")
    private int node;

    @Option(
            names = "--quorum",
            required = true,
            split = ",",
            paramLabel = "PORT",
            description = "Where the controllers of node 1, 2 and 3 listen.")
    private List<Integer> controllerPorts;

    @Option(
            names = "--cluster-id",
            required = true,
            paramLabel = "ID",
            description = "The cluster's id, which a new log is made with.")
    private String clusterId;

    /** The broker that is meant. */
    BrokerSettings settings(Path directory, int port) {
        return new BrokerSettings(directory, port, node, new Quorum(clusterId, controllerPorts));
    }

    /** The options that say so of a broker. */
    static List<String> arguments(BrokerSettings settings) {
        Quorum quorum = settings.quorum();
        return List.of(
                "--node=" + settings.node(),
                "--quorum="
                        + quorum.controllerPorts().stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(",")),
                "--cluster-id=" + quorum.clusterId());
    }
}
