package io.sluice.demo.broker;

import io.sluice.demo.process.FreePorts;

import java.nio.file.Path;

/**
 * Where a broker keeps its log and where it listens. The same settings start the same broker again.
 *
 * @param directory the log folder; formatted at the first start, read at every later one
 * @param port where clients connect, on localhost
 * @param controllerPort where the broker talks to itself as its own controller, on localhost
 */
public record BrokerSettings(Path directory, int port, int controllerPort) {

    /** Makes the folder absolute, since a child process may read it from elsewhere. */
    public BrokerSettings {
        directory = directory.toAbsolutePath();
    }

    /** Both ports are picked from the free ones. */
    public static BrokerSettings onFreePorts(Path directory) {
        var ports = FreePorts.pick(2);
        return new BrokerSettings(directory, ports.get(0), ports.get(1));
    }

    /**
     * Clients connect on a known port; the controller's is picked from the free ones.
     *
     * @param port 1 to 65535
     */
    public static BrokerSettings onPort(Path directory, int port) {
        return new BrokerSettings(directory, port, FreePorts.pick(1).get(0));
    }

    /** What clients put into {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "localhost:" + port;
    }
}
