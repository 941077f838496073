package io.sluice.demo.cluster;

import io.sluice.demo.process.ClassPath;

import java.nio.file.Path;
import java.util.Map;

/**
 * A Flink session cluster of separate processes on this machine.
 *
 * @param taskManagers how many to start with, at least 0
 * @param slotsPerTaskManager slots of each, at least 1
 * @param directory gets {@code conf}, {@code log}, {@code checkpoints}, {@code savepoints}, {@code
 *     tmp}
 * @param classPath what the processes run from: Flink with its web page, and this module
 * @param options Flink options over the shipped ones: memory, state backend, reporters
 */
public record ClusterSettings(
        int taskManagers,
        int slotsPerTaskManager,
        Path directory,
        ClassPath classPath,
        Map<String, String> options) {

    /** Checks the numbers and copies the options. */
    public ClusterSettings {
        if (taskManagers < 0 || slotsPerTaskManager < 1) {
            throw new IllegalArgumentException(
                    "a cluster has no negative number of task managers, and at least one slot in each, not %d with %d"
                            .formatted(taskManagers, slotsPerTaskManager));
        }
        directory = directory.toAbsolutePath();
        options = Map.copyOf(options);
    }
}
