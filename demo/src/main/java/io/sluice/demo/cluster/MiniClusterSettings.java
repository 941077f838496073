package io.sluice.demo.cluster;

import java.nio.file.Path;

/**
 * The size of a Flink cluster inside this JVM.
 *
 * @param taskManagers how many, at least 1
 * @param slotsPerTaskManager slots of each, at least 1
 * @param webPort where the web page and the REST interface listen on localhost; 0 picks a free port
 * @param directory the folder that gets {@code checkpoints}, {@code savepoints} and what is
 *     uploaded
 */
public record MiniClusterSettings(
        int taskManagers, int slotsPerTaskManager, int webPort, Path directory) {

    /** Checks the numbers. */
    public MiniClusterSettings {
        if (taskManagers < 1 || slotsPerTaskManager < 1) {
            throw new IllegalArgumentException(
                    "a cluster needs at least one task manager with one slot, not %d with %d"
                            .formatted(taskManagers, slotsPerTaskManager));
        }
        if (webPort < 0 || webPort > 65_535) {
            throw new IllegalArgumentException("web port " + webPort + ": choose 0 to 65535");
        }
        directory = directory.toAbsolutePath();
    }
}
