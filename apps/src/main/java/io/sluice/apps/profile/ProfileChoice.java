package io.sluice.apps.profile;

import io.sluice.sim.engine.EngineProfile;
import io.sluice.sim.engine.EngineProfiles;

import java.nio.file.Files;
import java.nio.file.Path;

/** An engine profile as users choose it: by the name of a built-in one, or as a file. */
public final class ProfileChoice {
    private static final String FILE_ENDING = ".json";

    private ProfileChoice() {}

    /**
     * The profile chosen.
     *
     * @param nameOrFile a built-in name, or the path of a profile file, which ends in {@code .json}
     * @throws IllegalArgumentException if there is no such name, or the file is no profile; the
     *     message says which and what to do
     */
    public static EngineProfile of(String nameOrFile) {
        if (!nameOrFile.endsWith(FILE_ENDING)) {
            return EngineProfiles.named(nameOrFile);
        }
        Path file = Path.of(nameOrFile);
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException(
                    "no engine profile at %s; name a file that sluice calibrate wrote, or one of %s"
                            .formatted(file, String.join(", ", EngineProfiles.names())));
        }
        return ProfileFile.read(file);
    }
}
