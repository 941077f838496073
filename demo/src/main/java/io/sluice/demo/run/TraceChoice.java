package io.sluice.demo.run;

import io.sluice.apps.trace.file.TraceFormat;
import io.sluice.apps.trace.shape.PriorityMix;
import io.sluice.apps.trace.shape.TargetPlan;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which requests a run has.
 *
 * @param file the trace; null for the built-in synthetic one
 * @param format of the file; empty to find out
 * @param requests at most so many
 * @param requestsPerSecond in the trace's own time; empty for what it records
 * @param mix shares of the priority classes; null keeps recorded priorities
 * @param targets promises by class
 */
record TraceChoice(
        @Nullable Path file,
        Optional<TraceFormat> format,
        long requests,
        OptionalDouble requestsPerSecond,
        @Nullable PriorityMix mix,
        TargetPlan targets) {

    TraceChoice {
        if (requests < 1) {
            throw new IllegalArgumentException("--requests must be at least 1, not " + requests);
        }
    }

    /** What ids and messages call it. */
    String name() {
        return file == null ? "synthetic" : String.valueOf(file.getFileName());
    }
}
