package io.sluice.demo.run;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The token of those who may give orders on the page of a run: another one for each run. */
final class ControlToken {

    private static final String NAME = "control-token";
    private static final int BYTES = 32;

    private ControlToken() {}

    /**
     * Draws one, and keeps it in a file that is its owner's alone from the first moment on.
     *
     * @param folder of the run; goes with the file when the run ends
     * @return the file
     * @throws DemoException if it cannot be written
     */
    static Path writeTo(Path folder) {
        byte[] drawn = new byte[BYTES];
        new SecureRandom().nextBytes(drawn);
        Path file = folder.resolve(NAME);
        try {
            Files.createFile(file, ownersAlone(folder.getFileSystem()));
            return Files.writeString(file, HexFormat.of().formatHex(drawn) + "\n");
        } catch (IOException exception) {
            throw new DemoException(
                    "cannot write the token for orders to %s: %s".formatted(file, exception),
                    exception);
        }
    }

    /** Where files have no such permissions, that of the temporary folder has to do. */
    private static FileAttribute<?>[] ownersAlone(FileSystem files) {
        return files.supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
