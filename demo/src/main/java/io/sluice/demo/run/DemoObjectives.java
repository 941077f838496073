package io.sluice.demo.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The objectives that a run has unless the user names others. */
final class DemoObjectives {

    private static final String RESOURCE = "objectives.json";

    private DemoObjectives() {}

    /** Writes them into a folder, because the job reads a file, and says where. */
    static Path write(Path folder) {
        Path file = folder.resolve(RESOURCE);
        try (InputStream built = DemoObjectives.class.getResourceAsStream(RESOURCE)) {
            Files.copy(Objects.requireNonNull(built, "part of the jar"), file);
            return file;
        } catch (IOException exception) {
            throw new UncheckedIOException("cannot write " + file, exception);
        }
    }
}
