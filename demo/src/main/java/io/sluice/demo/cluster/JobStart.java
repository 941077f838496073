package io.sluice.demo.cluster;

import java.util.List;
import java.util.Objects;

/**
 * How to start a job of a jar.
 *
 * @param mainClass fully qualified
 * @param arguments of the main class
 * @param parallelism subtasks of each operator; null for the cluster's default
 * @param savepoint where its state is; null to start without any
 * @param allowNonRestoredState whether state that no operator claims is dropped
 */
public record JobStart(
        String mainClass,
        List<String> arguments,
        Integer parallelism,
        String savepoint,
        boolean allowNonRestoredState) {

    /** Copies the arguments. */
    public JobStart {
        Objects.requireNonNull(mainClass, "mainClass");
        arguments = List.copyOf(arguments);
    }

    /** Starts a job without state, as the cluster does by default. */
    public static JobStart of(String mainClass, List<String> arguments) {
        return new JobStart(mainClass, arguments, null, null, false);
    }
}
