package io.sluice.demo.local;

import io.sluice.demo.broker.Quorum;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which brokers a cluster shall have, as far as the user says. */
final class BrokerOptions {

    private static final int FIRST_PORT = 9092;

    @Option(
            names = "--brokers",
            paramLabel = "N",
            description =
                    "How many Kafka brokers are part of the cluster: 1, or 3 with three copies of everything,"
                            + " so that any one may be lost (default: 1).")
    private @Nullable Integer brokers;

    @Option(
            names = "--broker-port",
            paramLabel = "PORT",
            description =
                    "Where the broker is, or the first of three, which take ports one after the other; 0 picks"
                            + " them (default: 9092).")
    private @Nullable Integer brokerPort;

    @Option(
            names = "--broker",
            negatable = true,
            description = "Whether Kafka brokers are part of the cluster (default: yes).")
    private @Nullable Boolean broker;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "Brokers that are there already, instead of some of the cluster's own.")
    private @Nullable String bootstrapServers;

    /**
     * The brokers that are wanted.
     *
     * @param ports of its own, in the order of its nodes; empty if it has none
     * @param controllerPorts of its own, in the same order
     * @param clusterId by which several of its own know each other; null if there are not several
     * @param bootstrapServers what jobs are given; null if nobody said
     */
    record Wanted(
            List<Integer> ports,
            List<Integer> controllerPorts,
            @Nullable String clusterId,
            @Nullable String bootstrapServers) {}

    /**
     * What is wanted.
     *
     * @param before what the cluster was, if there was one
     * @throws IllegalArgumentException if options do not go together, or not with what it was
     */
    Wanted over(Optional<LocalSettings> before, PortChoice choice) {
        requireTogether();
        Optional<LocalSettings> kept = before.filter(LocalSettings::hasBrokers);
        if (!own(before)) {
            return new Wanted(List.of(), List.of(), null, others(before));
        }
        int count = count(kept);
        List<Integer> ports =
                IntStream.range(0, count).map(node -> port(node, kept, choice)).boxed().toList();
        List<Integer> controllers =
                IntStream.range(0, count)
                        .map(node -> choice.own(kept.map(was -> was.controllerPorts().get(node))))
                        .boxed()
                        .toList();
        String servers =
                ports.stream().map(port -> "localhost:" + port).collect(Collectors.joining(","));
        return new Wanted(ports, controllers, clusterId(count, kept), servers);
    }

    private void requireTogether() {
        if (bootstrapServers != null
                && (brokerPort != null || brokers != null || Boolean.TRUE.equals(broker))) {
            throw new IllegalArgumentException(
                    "--bootstrap-servers names brokers that are there already; leave out --broker, --brokers and --broker-port");
        }
        if (Boolean.FALSE.equals(broker) && brokers != null) {
            throw new IllegalArgumentException(
                    "--no-broker and --brokers %d say different things; leave out one of them"
                            .formatted(brokers));
        }
    }

    private boolean own(Optional<LocalSettings> before) {
        if (bootstrapServers != null) {
            return false;
        }
        if (broker != null) {
            return broker;
        }
        return brokers != null || before.map(LocalSettings::hasBrokers).orElse(true);
    }

    private @Nullable String others(Optional<LocalSettings> before) {
        if (bootstrapServers != null) {
            return bootstrapServers;
        }
        return before.filter(settings -> !settings.hasBrokers())
                .map(LocalSettings::bootstrapServers)
                .orElse(null);
    }

    /** Topics are on the brokers that they were made on, and others would begin without any. */
    private int count(Optional<LocalSettings> kept) {
        Optional<Integer> was = kept.map(settings -> settings.brokerPorts().size());
        int count = brokers != null ? brokers : was.orElse(1);
        Quorum.requireSize("--brokers", count);
        if (was.isPresent() && was.get() != count) {
            throw new IllegalArgumentException(
                    "--brokers %d: the cluster has %d, and its topics are there; start another one with --directory, or delete the folder to begin anew"
                            .formatted(count, was.get()));
        }
        return count;
    }

    private int port(int node, Optional<LocalSettings> kept, PortChoice choice) {
        boolean counted = brokerPort != null && brokerPort != 0;
        return choice.known(
                counted ? Integer.valueOf(brokerPort + node) : brokerPort,
                kept.map(was -> was.brokerPorts().get(node)),
                FIRST_PORT + node);
    }

    private static @Nullable String clusterId(int count, Optional<LocalSettings> kept) {
        if (count == 1) {
            return null;
        }
        return kept.map(LocalSettings::clusterId).orElseGet(Quorum::newClusterId);
    }
}
