package io.sluice.demo.cluster;

import java.nio.file.Path;

/**
 * The size of a Flink cluster inside this JVM.
 *
 * @param taskManagers how many, at least 1
 * @param slotsPerTaskManager slots of each, at least 1
 * @param webPort where the web page and the REST interface listen on localhost; 0 picks a free port
 * @param metricsPort where Prometheus may read the metrics; 0 if nowhere
 * @param directory the folder that gets {@code checkpoints}, {@code savepoints} and what is
 *     uploaded
 */
public record MiniClusterSettings(
        int taskManagers, int slotsPerTaskManager, int webPort, int metricsPort, Path directory) {

    /** Checks the numbers. */
    public MiniClusterSettings {
        if (taskManagers < 1 || slotsPerTaskManager < 1) {
            throw new IllegalArgumentException(
                    "a cluster needs at least one task manager with one slot, not %d with %d"
                            .formatted(taskManagers, slotsPerTaskManager));
        }
        requirePort("web", webPort);
        requirePort("metrics", metricsPort);
        directory = directory.toAbsolutePath();
    }

    /** One without metrics for Prometheus. */
    public MiniClusterSettings(
            int taskManagers, int slotsPerTaskManager, int webPort, Path directory) {
        this(taskManagers, slotsPerTaskManager, webPort, 0, directory);
    }

    private static void requirePort(String what, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(what + " port " + port + ": choose 0 to 65535");
        }
    }
}
