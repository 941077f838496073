package io.sluice.apps.cli;

import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out before a long run whether its results can be written. */
public final class OutputFiles {

    private OutputFiles() {}

    /**
     * Looks at the place of a file.
     *
     * @param option that names it
     * @param file null if the option was not given
     * @throws IllegalArgumentException naming what stands in the way
     */
    public static void check(String option, @Nullable Path file) {
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IllegalArgumentException(
                    "cannot write %s %s: there is no folder %s; make it first"
                            .formatted(option, file, folder));
        }
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException(
                    "cannot write %s %s: that is a folder; name a file in it"
                            .formatted(option, file));
        }
    }
}
