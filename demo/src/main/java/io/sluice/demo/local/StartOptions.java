package io.sluice.demo.local;

import io.sluice.demo.process.LastingPorts;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** What a cluster shall be, as far as the user says; the rest is as before, or the default. */
final class StartOptions {

    private static final int NO_PORT = 0;

    private final LastingPorts ports = new LastingPorts(new Random());

    @Option(
            names = "--task-managers",
            paramLabel = "N",
            description = "How many task managers (default: 2).")
    private @Nullable Integer taskManagers;

    @Option(names = "--slots", paramLabel = "N", description = "Task slots of each (default: 2).")
    private @Nullable Integer slots;

    @Option(
            names = "--web-port",
            paramLabel = "PORT",
            description = "Where Flink's page and REST interface are; 0 picks one (default: 8081).")
    private @Nullable Integer webPort;

    @Option(
            names = "--zookeeper-port",
            paramLabel = "PORT",
            description = "Where the ZooKeeper server is; 0 picks one (default: 2181).")
    private @Nullable Integer zooKeeperPort;

    @Option(
            names = "--broker-port",
            paramLabel = "PORT",
            description = "Where the broker is; 0 picks one (default: 9092).")
    private @Nullable Integer brokerPort;

    @Option(
            names = "--broker",
            negatable = true,
            description = "Whether a Kafka broker is part of the cluster (default: yes).")
    private @Nullable Boolean broker;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "Brokers that are there already, instead of one of the cluster's own.")
    private @Nullable String bootstrapServers;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description =
                    "An option of Flink over the shipped ones, such as taskmanager.memory.process.size=4g;"
                            + " may be repeated.")
    private Map<String, String> flinkOptions = new TreeMap<>();

    /**
     * The cluster that is wanted.
     *
     * @param before what the cluster in the folder was, if there was one
     * @param runs whether some of it runs, so that a port that is left to chance is found already
     * @throws IllegalArgumentException if options do not go together
     */
    LocalSettings over(Optional<LocalSettings> before, boolean runs) {
        if (bootstrapServers != null && (brokerPort != null || Boolean.TRUE.equals(broker))) {
            throw new IllegalArgumentException(
                    "--bootstrap-servers names brokers that are there already; leave out --broker and --broker-port");
        }
        boolean ownBroker =
                bootstrapServers == null
                        && (broker != null
                                ? broker
                                : before.map(LocalSettings::hasBroker).orElse(true));
        int port =
                ownBroker
                        ? port(kept(brokerPort, runs), before.map(LocalSettings::brokerPort), 9092)
                        : NO_PORT;
        return new LocalSettings(
                number(taskManagers, before.map(LocalSettings::taskManagers), 2),
                number(slots, before.map(LocalSettings::slots), 2),
                port(kept(webPort, runs), before.map(LocalSettings::webPort), 8081),
                port(kept(zooKeeperPort, runs), before.map(LocalSettings::zooKeeperPort), 2181),
                port,
                ownBroker ? port(null, before.map(LocalSettings::controllerPort), 0) : NO_PORT,
                ownBroker ? "localhost:" + port : brokers(before),
                options(before));
    }

    private @Nullable String brokers(Optional<LocalSettings> before) {
        if (bootstrapServers != null) {
            return bootstrapServers;
        }
        return before.filter(settings -> !settings.hasBroker())
                .map(LocalSettings::bootstrapServers)
                .orElse(null);
    }

    private Map<String, String> options(Optional<LocalSettings> before) {
        Map<String, String> options = new TreeMap<>();
        before.ifPresent(settings -> options.putAll(settings.options()));
        options.putAll(flinkOptions);
        return options;
    }

    private static int number(@Nullable Integer given, Optional<Integer> before, int otherwise) {
        return given != null ? given : before.orElse(otherwise);
    }

    private static @Nullable Integer kept(@Nullable Integer port, boolean runs) {
        return runs && port != null && port == NO_PORT ? null : port;
    }

    /** A port that the user left to chance is chosen once, and kept. */
    private int port(@Nullable Integer given, Optional<Integer> before, int otherwise) {
        Optional<Integer> kept = before.filter(port -> port != NO_PORT);
        int port = given == null ? kept.orElse(otherwise) : given;
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not one: choose 0 to 65535");
        }
        return port == 0 ? ports.pick() : port;
    }
}
