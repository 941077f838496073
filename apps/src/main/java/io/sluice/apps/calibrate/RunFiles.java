package io.sluice.apps.calibrate;

import io.sluice.apps.cli.CommandException;

import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The files of a measured run.
 *
 * @param requests one JSON object a request
 * @param meta settings of the engine, if there is such a file
 * @param timeseries batch and queue over time, if there is such a file
 * @param workload what was sent, with the content of prompts, if it was named
 */
record RunFiles(
        Path requests, Optional<Path> meta, Optional<Path> timeseries, Optional<Path> workload) {
    private static final String REQUESTS = "requests.jsonl";

    /**
     * Finds them.
     *
     * @param measured the folder, or the file of requests; the others lie beside it
     * @throws CommandException if there are no requests
     */
    static RunFiles at(Path measured, Optional<Path> workload) {
        Path requests = requests(measured);
        workload.ifPresent(RunFiles::requireReadable);
        Path folder = requests.toAbsolutePath().getParent();
        return new RunFiles(
                requests, beside(folder, "meta.json"), beside(folder, "timeseries.csv"), workload);
    }

    private static Path requests(Path measured) {
        if (!Files.isDirectory(measured)) {
            requireReadable(measured);
            return measured;
        }
        for (String name : new String[] {REQUESTS, REQUESTS + ".gz"}) {
            if (Files.isReadable(measured.resolve(name))) {
                return measured.resolve(name);
            }
        }
        throw new CommandException(
                "no %s in %s; --measured names the folder of a run, or its file of requests"
                        .formatted(REQUESTS, measured));
    }

    private static Optional<Path> beside(@Nullable Path folder, String name) {
        return Optional.ofNullable(folder).map(f -> f.resolve(name)).filter(Files::isReadable);
    }

    private static void requireReadable(Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new CommandException("cannot read %s: no such file".formatted(file));
        }
    }
}
