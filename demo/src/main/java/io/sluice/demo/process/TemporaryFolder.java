package io.sluice.demo.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A folder that is deleted when it is closed.
 *
 * @param path where it is
 */
public record TemporaryFolder(Path path) implements AutoCloseable {

    /**
     * Makes a new, empty folder where the system keeps temporary files.
     *
     * @param prefix what its name begins with
     * @throws UncheckedIOException if it cannot be made
     */
    public static TemporaryFolder create(String prefix) {
        try {
            return new TemporaryFolder(Files.createTempDirectory(prefix));
        } catch (IOException exception) {
            throw new UncheckedIOException("cannot make a temporary folder", exception);
        }
    }

    /**
     * Deletes a folder with everything in it. What others delete meanwhile is no error.
     *
     * @throws UncheckedIOException if something cannot be deleted
     */
    public static void delete(Path folder) {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException gone) {
            // Somebody else was faster.
        } catch (IOException exception) {
            throw new UncheckedIOException("cannot delete " + folder, exception);
        }
    }

    @Override
    public void close() {
        delete(path);
    }
}
