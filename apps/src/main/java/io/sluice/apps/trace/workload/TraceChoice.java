package io.sluice.apps.trace.workload;

import io.sluice.apps.trace.file.TraceOptions;

import java.nio.file.Path;

/** The trace to replay. */
public sealed interface TraceChoice {

    /**
     * A recorded trace.
     *
     * @param path where it is
     * @param options how to read it
     */
    record Recorded(Path path, TraceOptions options) implements TraceChoice {}

    /**
     * The built-in generator.
     *
     * @param requests how many to make, at least 1
     */
    record Synthetic(long requests) implements TraceChoice {}

    /** A short name, for ids and reports: that of the file without its extensions. */
    default String name() {
        if (this instanceof Recorded recorded) {
            String file = String.valueOf(recorded.path().getFileName());
            String plain = file.endsWith(".gz") ? file.substring(0, file.length() - 3) : file;
            int dot = plain.lastIndexOf('.');
            return dot > 0 ? plain.substring(0, dot) : plain;
        }
        return "synthetic";
    }
}
