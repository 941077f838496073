package io.sluice.demo.deploy;

import io.sluice.demo.cluster.ClusterProcesses;
import io.sluice.demo.cluster.ClusterSettings;
import io.sluice.demo.process.ClassPath;

import org.apache.flink.client.cli.CliFrontend;
import org.apache.flink.configuration.GlobalConfiguration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the containers have of Flink's image: the processes of a cluster, with the configuration
 * that our image gives them, and the client. None of it has a class of ours, nor of Kafka's, but
 * from the job jar.
 */
final class FlinkContainers implements AutoCloseable {

    private static final int WEB_PORT = 8081;

    private final Path folder;
    private final Places places;
    private ClusterProcesses cluster;

    FlinkContainers(Path folder, Places places) {
        this.folder = folder;
        this.places = places;
    }

    void startJobManager(String service) throws IOException {
        Map<String, String> configuration = configuration();
        int slots = Integer.parseInt(configuration.get("taskmanager.numberOfTaskSlots"));
        cluster =
                ClusterProcesses.start(
                        new ClusterSettings(0, slots, folder, withoutTheJobs(), configuration));
        places.movePort(service, WEB_PORT, cluster.webUrl().getPort());
    }

    private Map<String, String> configuration() {
        Map<String, String> configuration = new TreeMap<>();
        GlobalConfiguration.loadConfiguration(DeployFiles.ROOT.resolve("deploy/flink").toString())
                .toMap()
                .forEach((key, value) -> configuration.put(key, places.told("jobmanager", value)));
        // Where the processes find each other: a name and fixed ports there, free ports here.
        configuration
                .keySet()
                .removeIf(key -> key.matches("(jobmanager\\.rpc|rest)\\.(address|port)"));
        return configuration;
    }

    private static ClassPath withoutTheJobs() throws IOException {
        Path root = DeployFiles.ROOT.toRealPath();
        return new ClassPath(
                ClassPath.current().entries().stream()
                        .filter(
                                entry ->
                                        !entry.startsWith(root)
                                                || entry.startsWith(
                                                        root.resolve("demo/target/classes")))
                        .filter(
                                entry ->
                                        !entry.getFileName()
                                                .toString()
                                                .matches("(sluice-|avro-|flink-avro|.*kafka).*"))
                        .toList());
    }

    void startTaskManager() {
        cluster.startTaskManager();
    }

    /** Makes the command {@code flink}, which the image has as a script of Flink's. */
    void writeClient(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                """
                #!/usr/bin/env bash
                export FLINK_CONF_DIR='%s'
                exec '%s/bin/java' %s -cp '%s' %s "$@"
                """
                        .formatted(
                                folder.resolve("conf"),
                                System.getProperty("java.home"),
                                configuration().get("env.java.opts.all"),
                                withoutTheJobs().argument(),
                                CliFrontend.class.getName()));
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("cannot make an executable of " + file);
        }
    }

    @Override
    public void close() {
        if (cluster != null) {
            cluster.close();
        }
    }
}
