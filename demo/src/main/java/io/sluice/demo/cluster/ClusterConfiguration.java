package io.sluice.demo.cluster;

import org.apache.flink.configuration.GlobalConfiguration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The {@code config.yaml} that all processes of a cluster read: the shipped one, but for addresses
 * and folders, which are those of this machine, and what the user sets.
 */
public final class ClusterConfiguration {

    private ClusterConfiguration() {}

    /**
     * Where the processes of a cluster find each other on this machine.
     *
     * @param restPort where the REST interface and the web page listen
     * @param rpcPort where task managers find the job manager, unless high availability tells
     */
    public static Map<String, String> addresses(int restPort, int rpcPort) {
        return Map.of(
                "jobmanager.rpc.address", "localhost",
                "jobmanager.rpc.port", Integer.toString(rpcPort),
                "jobmanager.bind-host", "localhost",
                "taskmanager.host", "localhost",
                "taskmanager.bind-host", "localhost",
                "rest.address", "localhost",
                "rest.bind-address", "localhost",
                "rest.port", Integer.toString(restPort));
    }

    /** Where a cluster keeps its files: all below one folder. */
    public static Map<String, String> folders(Path directory) {
        return Map.of(
                "execution.checkpointing.dir", directory.resolve("checkpoints").toUri().toString(),
                "execution.checkpointing.savepoint-dir",
                        directory.resolve("savepoints").toUri().toString(),
                "io.tmp.dirs", directory.resolve("tmp").toString());
    }

    /**
     * Writes the file.
     *
     * @param folder where; made if missing
     * @param changes what differs from the shipped options, by key
     */
    public static void write(Path folder, Map<String, String> changes) throws IOException {
        Map<String, String> options = new TreeMap<>(ShippedConfiguration.options());
        options.putAll(changes);
        StringBuilder yaml = new StringBuilder();
        options.forEach((key, value) -> yaml.append(key).append(": ").append(quote(value)));
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(GlobalConfiguration.FLINK_CONF_FILENAME), yaml);
    }

    private static String quote(String value) {
        return "'" + value.replace("'", "''") + "'" + System.lineSeparator();
    }
}
