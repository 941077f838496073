package io.sluice.demo.local;

import io.sluice.demo.broker.BrokerSettings;
import io.sluice.demo.broker.Quorum;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonFormat;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a cluster is made of; kept in its folder, so that it can be brought back as it was. Older
 * folders have one number each for the ports of a broker, 0 for none.
 *
 * @param taskManagers how many, at least 1
 * @param slots task slots of each, at least 1
 * @param webPort where Flink's page and REST interface are
 * @param standbyPorts where those of job managers are that stand by for the one that leads; older
 *     folders have none
 * @param zooKeeperPort where its ZooKeeper server is
 * @param brokerPorts where the cluster's own brokers are: one, three, or none
 * @param controllerPorts where the controllers of these brokers are
 * @param clusterId by which several brokers know each other; null if there are not several
 * @param bootstrapServers the brokers that jobs are given; null if nobody said
 * @param options options of Flink over the shipped ones, by key
 */
record LocalSettings(
        int taskManagers,
        int slots,
        int webPort,
        @Nullable List<Integer> standbyPorts,
        int zooKeeperPort,
        @JsonAlias("brokerPort") @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
                List<Integer> brokerPorts,
        @JsonAlias("controllerPort")
                @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
                List<Integer> controllerPorts,
        @Nullable String clusterId,
        @Nullable String bootstrapServers,
        Map<String, String> options) {

    /** Most that make sense on one machine. */
    private static final int MOST = 64;

    /** Checks the numbers and copies the options. */
    LocalSettings {
        require("--task-managers", taskManagers);
        require("--slots", slots);
        standbyPorts = standbyPorts == null ? List.of() : List.copyOf(standbyPorts);
        brokerPorts = ports(brokerPorts);
        controllerPorts = ports(controllerPorts);
        options = new TreeMap<>(options);
    }

    /** Checks how many there are to be of something. */
    static void require(String option, int number) {
        if (number < 1 || number > MOST) {
            throw new IllegalArgumentException(
                    "%s must be from 1 to %d, not %d".formatted(option, MOST, number));
        }
    }

    private static List<Integer> ports(List<Integer> ports) {
        return ports.stream().filter(port -> port > 0).toList();
    }

    /** Whether brokers are among the processes. */
    boolean hasBrokers() {
        return !brokerPorts.isEmpty();
    }

    /** Where the REST interfaces of all job managers are. */
    List<Integer> webPorts() {
        List<Integer> ports = new ArrayList<>(List.of(webPort));
        ports.addAll(Objects.requireNonNull(standbyPorts, "replaced above"));
        return ports;
    }

    /** The cluster's own brokers, with their logs below a folder. */
    List<BrokerSettings> brokers(Path folder) {
        if (!hasBrokers()) {
            return List.of();
        }
        Quorum quorum =
                clusterId == null
                        ? Quorum.of(controllerPorts)
                        : new Quorum(clusterId, controllerPorts);
        return BrokerSettings.all(folder, brokerPorts, quorum);
    }
}
