package io.sluice.demo.deploy;

import io.sluice.demo.cluster.ClusterProcesses;
import io.sluice.demo.cluster.ClusterSettings;
import io.sluice.demo.cluster.DistributionClassLoader;
import io.sluice.demo.cluster.ShippedConfiguration;
import io.sluice.demo.process.ClassPath;

import org.apache.flink.client.cli.CliFrontend;

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

    void startJobManager(String service) {
        int slots = Integer.parseInt(shipped("taskmanager.numberOfTaskSlots"));
        cluster =
                ClusterProcesses.start(
                        new ClusterSettings(0, slots, folder, ClassPath.current(), folders()));
        places.movePort(service, WEB_PORT, cluster.webUrl().getPort());
    }

    private static String shipped(String key) {
        return ShippedConfiguration.options().get(key);
    }

    /** What the image's own folders are here. */
    private Map<String, String> folders() {
        Map<String, String> folders = new TreeMap<>();
        ShippedConfiguration.options()
                .forEach(
                        (key, value) -> {
                            String here = places.told("jobmanager", value);
                            if (!here.equals(value)) {
                                folders.put(key, here);
                            }
                        });
        return folders;
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
                exec '%s/bin/java' %s %s -cp '%s' %s "$@"
                """
                        .formatted(
                                folder.resolve("conf"),
                                System.getProperty("java.home"),
                                shipped("env.java.opts.all"),
                                DistributionClassLoader.JVM_ARGUMENT,
                                ClassPath.current().argument(),
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
