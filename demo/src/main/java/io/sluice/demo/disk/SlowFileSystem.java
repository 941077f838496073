package io.sluice.demo.disk;

import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;

/**
 * The disk of this machine, on which a file takes long to be written while a folder above it says
 * so: a disk for checkpoints that can be slow in the processes of a cluster that others started.
 */
public final class SlowFileSystem extends LocalFileSystem {

    static final String SCHEME = "sluice-slow";

    /** A file with how many milliseconds each file takes that is written below its folder. */
    private static final String SIGN = "slow-disk";

    private static final URI ROOT = URI.create(SCHEME + ":///");

    /** Made by its factory. */
    SlowFileSystem() {}

    /** How Flink is told to use it for a folder. */
    public static String address(java.nio.file.Path folder) {
        return SCHEME + "://" + folder;
    }

    /** Makes a folder slow. */
    public static void slow(java.nio.file.Path folder, Duration each) throws IOException {
        Files.writeString(folder.resolve(SIGN), Long.toString(each.toMillis()));
    }

    /** Makes it as fast again as the disk is. */
    public static void quick(java.nio.file.Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(SIGN));
    }

    @Override
    public URI getUri() {
        return ROOT;
    }

    @Override
    public FSDataOutputStream create(Path path, WriteMode mode) throws IOException {
        return new SlowOutputStream(super.create(path, mode), pathToFile(path));
    }

    private static Duration delay(File file) throws IOException {
        for (File folder = file.getParentFile(); folder != null; folder = folder.getParentFile()) {
            try {
                String millis = Files.readString(folder.toPath().resolve(SIGN));
                return Duration.ofMillis(Long.parseLong(millis.strip()));
            } catch (NoSuchFileException isNotSlow) {
                // Perhaps the one above is.
            }
        }
        return Duration.ZERO;
    }

    /** Takes its time to be closed, which is when a file of a checkpoint counts as written. */
    private static final class SlowOutputStream extends FSDataOutputStream {

        private final FSDataOutputStream out;
        private final File file;

        SlowOutputStream(FSDataOutputStream out, File file) {
            this.out = out;
            this.file = file;
        }

        @Override
        public void close() throws IOException {
            try {
                Thread.sleep(delay(file).toMillis());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while writing " + file, interrupted);
            } finally {
                out.close();
            }
        }

        @Override
        public long getPos() throws IOException {
            return out.getPos();
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void sync() throws IOException {
            out.sync();
        }
    }
}
