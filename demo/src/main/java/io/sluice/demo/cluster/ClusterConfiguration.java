package io.sluice.demo.cluster;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The {@code config.yaml} that all processes of a cluster read. */
final class ClusterConfiguration {

    private ClusterConfiguration() {}

    /**
     * Writes the file into {@code folder} and reads it back as Flink does.
     *
     * @param restPort where the REST interface and the web page listen
     * @param rpcPort where task managers find the job manager
     */
    static Configuration write(ClusterSettings settings, Path folder, int restPort, int rpcPort)
            throws IOException {
        Map<String, String> options = new TreeMap<>(addresses(restPort, rpcPort));
        options.putAll(folders(settings.directory()));
        options.putAll(sizes(settings));
        options.putAll(settings.options());
        StringBuilder yaml = new StringBuilder();
        options.forEach((key, value) -> yaml.append(key).append(": ").append(quote(value)));
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(GlobalConfiguration.FLINK_CONF_FILENAME), yaml);
        return GlobalConfiguration.loadConfiguration(folder.toString());
    }

    private static Map<String, String> addresses(int restPort, int rpcPort) {
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

    private static Map<String, String> folders(Path directory) {
        return Map.of(
                "execution.checkpointing.dir", directory.resolve("checkpoints").toUri().toString(),
                "execution.checkpointing.savepoint-dir",
                        directory.resolve("savepoints").toUri().toString(),
                "io.tmp.dirs", directory.resolve("tmp").toString());
    }

    private static Map<String, String> sizes(ClusterSettings settings) {
        return Map.of(
                "taskmanager.numberOfTaskSlots", Integer.toString(settings.slotsPerTaskManager()),
                // Small enough for a laptop beside a broker; a real cluster sets its own.
                "jobmanager.memory.process.size", "768m",
                "taskmanager.memory.process.size", "1g",
                // A killed process is noticed after two refused calls, in seconds; a slow one is
                // given time.
                "heartbeat.interval", "1 s",
                "heartbeat.timeout", "20 s");
    }

    private static String quote(String value) {
        return "'" + value.replace("'", "''") + "'" + System.lineSeparator();
    }
}
