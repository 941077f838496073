package io.sluice.demo.chaos;

import io.sluice.demo.process.TemporaryFolder;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A disk for checkpoints that can be full: a {@code tmpfs}.
 *
 * @param folder where it is mounted
 */
record SmallDisk(Path folder) implements AutoCloseable {

    private static final String SIZE = "size=192m";
    private static final int BLOCK_BYTES = 1 << 16;

    /** Why there cannot be one on this machine, in a line; empty if there can. */
    static String obstacle() {
        Path trial;
        try {
            trial = Files.createTempDirectory("sluice-chaos");
        } catch (IOException exception) {
            return "no temporary folder can be made: " + exception.getMessage();
        }
        try {
            String failed =
                    SystemCommand.trial(
                            "mount", "-t", "tmpfs", "-o", SIZE, "sluice-chaos", trial.toString());
            if (failed.isEmpty()) {
                SystemCommand.run("umount", trial.toString());
            }
            return failed;
        } finally {
            TemporaryFolder.delete(trial);
        }
    }

    /** Mounts it; the folder is made if it is missing. */
    static SmallDisk mount(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException exception) {
            throw new UncheckedIOException("cannot make " + folder, exception);
        }
        SystemCommand.run("mount", "-t", "tmpfs", "-o", SIZE, "sluice-chaos", folder.toString());
        return new SmallDisk(folder);
    }

    /** Leaves no byte of it. */
    void fill() {
        byte[] block = new byte[BLOCK_BYTES];
        try (OutputStream out = Files.newOutputStream(filler())) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            // As wanted.
        }
    }

    /** Gives back what {@link #fill} took. */
    void empty() {
        try {
            Files.deleteIfExists(filler());
        } catch (IOException exception) {
            throw new UncheckedIOException("cannot delete " + filler(), exception);
        }
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    /** Unmounts it, with everything on it. */
    @Override
    public void close() {
        SystemCommand.run("umount", "--lazy", folder.toString());
    }
}
