package io.sluice.demo.broker;

import io.sluice.demo.process.FreePorts;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where a broker keeps its log and where it listens. The same settings start the same broker again.
 *
 * @param directory the log folder; formatted at the first start, read at every later one
 * @param port where clients connect, on localhost
 * @param node which node of its quorum it is, from 1
 * @param quorum the nodes of its cluster, itself among them
 */
public record BrokerSettings(Path directory, int port, int node, Quorum quorum) {

    /**
     * Makes the folder absolute, since a child process may read it from elsewhere.
     *
     * @throws IllegalArgumentException if the quorum has no such node
     */
    public BrokerSettings {
        directory = directory.toAbsolutePath();
        quorum.controllerPort(node);
    }

    /**
     * The only broker of its cluster.
     *
     * @param controllerPort where the broker talks to itself as its own controller, on localhost
     */
    public BrokerSettings(Path directory, int port, int controllerPort) {
        this(directory, port, 1, Quorum.of(List.of(controllerPort)));
    }

    /** The only broker of its cluster; both ports are picked from the free ones. */
    public static BrokerSettings onFreePorts(Path directory) {
        var ports = FreePorts.pick(2);
        return new BrokerSettings(directory, ports.get(0), ports.get(1));
    }

    /**
     * The only broker of its cluster; the controller's port is picked from the free ones.
     *
     * @param port where clients connect: 1 to 65535
     */
    public static BrokerSettings onPort(Path directory, int port) {
        return new BrokerSettings(directory, port, FreePorts.pick(1).get(0));
    }

    /**
     * All brokers of a cluster.
     *
     * @param parent their log folders are made here, under their names
     * @param ports where clients connect to node 1, 2, ...
     */
    public static List<BrokerSettings> all(Path parent, List<Integer> ports, Quorum quorum) {
        return quorum.nodes()
                .mapToObj(
                        node ->
                                new BrokerSettings(
                                        parent.resolve(name(node, quorum)),
                                        ports.get(node - 1),
                                        node,
                                        quorum))
                .toList();
    }

    /** What the broker is called among the processes of its cluster. */
    public String name() {
        return name(node, quorum);
    }

    private static String name(int node, Quorum quorum) {
        return quorum.size() == 1 ? "broker" : "broker-" + node;
    }

    /** Where its own controller listens, on localhost. */
    public int controllerPort() {
        return quorum.controllerPort(node);
    }

    /** Where clients find this broker; of several, any leads them to the others. */
    public String bootstrapServers() {
        return "localhost:" + port;
    }

    /**
     * What clients put into {@code bootstrap.servers} to find the cluster whoever of it is lost.
     */
    public static String bootstrapServers(List<BrokerSettings> brokers) {
        return brokers.stream()
                .map(BrokerSettings::bootstrapServers)
                .collect(Collectors.joining(","));
    }
}
