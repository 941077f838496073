package io.sluice.demo.local;

import io.sluice.demo.broker.BrokerSettings;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a cluster is made of; kept in its folder, so that it can be brought back as it was.
 *
 * @param taskManagers how many, at least 1
 * @param slots task slots of each, at least 1
 * @param webPort where Flink's page and REST interface are
 * @param zooKeeperPort where its ZooKeeper server is
 * @param brokerPort where the cluster's own broker is; 0 if it has none
 * @param controllerPort where that broker talks to itself; 0 if there is none
 * @param bootstrapServers the brokers that jobs are given; null if nobody said
 * @param options options of Flink over the shipped ones, by key
 */
record LocalSettings(
        int taskManagers,
        int slots,
        int webPort,
        int zooKeeperPort,
        int brokerPort,
        int controllerPort,
        @Nullable String bootstrapServers,
        Map<String, String> options) {

    /** Most that make sense on one machine. */
    private static final int MOST = 64;

    /** Checks the numbers and copies the options. */
    LocalSettings {
        require("--task-managers", taskManagers);
        require("--slots", slots);
        options = new TreeMap<>(options);
    }

    private static void require(String option, int number) {
        if (number < 1 || number > MOST) {
            throw new IllegalArgumentException(
                    "%s must be from 1 to %d, not %d".formatted(option, MOST, number));
        }
    }

    /** Whether a broker is one of the processes. */
    boolean hasBroker() {
        return brokerPort > 0;
    }

    /** The cluster's own broker, with its log below a folder. */
    BrokerSettings broker(Path folder) {
        return new BrokerSettings(folder, brokerPort, controllerPort);
    }
}
