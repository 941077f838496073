package io.sluice.apps.worker.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The file of a ledger. A process may die at any byte of a write: what was forced before is there
 * at the next opening, and a torn end is cut off. Damage anywhere else is not repaired but
 * reported, since an accepted run that nobody remembers would never be accounted for.
 */
final class LedgerFile implements Closeable {

    private static final byte[] MAGIC = "SLUICE-LEDGER-1\n".getBytes(StandardCharsets.US_ASCII);

    private final Path path;
    private FileChannel channel;
    private long size;

    private LedgerFile(Path path, FileChannel channel, long size) {
        this.path = path;
        this.channel = channel;
        this.size = size;
    }

    /**
     * Opens a file, or makes it.
     *
     * @param frames receives what is in it, oldest first
     * @throws LedgerException if it is no ledger, damaged, or cannot be read or written
     */
    static LedgerFile open(Path path, Consumer<Frame> frames) {
        try {
            // A rewrite that was cut short; the file itself is whole.
            Files.deleteIfExists(beside(path));
            FileChannel channel =
                    FileChannel.open(
                            path,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            long end = MAGIC.length;
            if (channel.size() <= MAGIC.length && startsLikeMagic(path)) {
                writeAll(channel.truncate(0), ByteBuffer.wrap(MAGIC));
                channel.force(true);
                forceDirectory(path);
            } else {
                end = read(path, ByteBuffer.wrap(Files.readAllBytes(path)), frames);
                channel.truncate(end);
            }
            channel.position(end);
            return new LedgerFile(path, channel, end);
        } catch (IOException exception) {
            throw new LedgerException("cannot open ledger %s".formatted(path), exception);
        }
    }

    /** An empty file, or one whose very first write was cut short. */
    private static boolean startsLikeMagic(Path path) throws IOException {
        byte[] content = Files.readAllBytes(path);
        return ByteBuffer.wrap(MAGIC, 0, content.length).equals(ByteBuffer.wrap(content));
    }

    /** Reads all frames; returns where the last sound one ends. */
    private static long read(Path path, ByteBuffer content, Consumer<Frame> frames) {
        ByteBuffer magic = content.slice(0, Math.min(MAGIC.length, content.limit()));
        if (!magic.equals(ByteBuffer.wrap(MAGIC))) {
            throw new LedgerException(
                    "%s is no ledger of a worker; choose another --ledger-dir".formatted(path));
        }
        content.position(MAGIC.length);
        Optional<Frame> frame = Frame.read(content);
        while (frame.isPresent()) {
            frames.accept(frame.get());
            frame = Frame.read(content);
        }
        int end = content.position();
        requireTornEnd(path, content);
        return end;
    }

    /**
     * Whatever follows the last sound frame was being written when the process or the machine died.
     * No frame that was forced can lie behind it.
     */
    private static void requireTornEnd(Path path, ByteBuffer content) {
        int end = content.position();
        for (int at = end + 1; at + Frame.HEADER_BYTES <= content.limit(); at++) {
            content.position(at);
            Optional<Frame> later = Frame.read(content);
            if (later.isPresent() && later.get().kind().forced()) {
                throw new LedgerException(
                        "ledger %s is damaged at byte %d of %d; move it away to start without what it knows: the runs in it may then never be accounted for"
                                .formatted(path, end, content.limit()));
            }
        }
    }

    /**
     * Appends a frame. One of a forced kind is on the disk when this returns, with everything
     * before it.
     */
    void append(Frame frame) {
        try {
            writeAll(channel, frame.bytes());
            size += frame.size();
            if (frame.kind().forced()) {
                channel.force(false);
            }
        } catch (IOException exception) {
            throw new LedgerException("cannot write ledger %s".formatted(path), exception);
        }
    }

    /** Replaces everything in the file, at once or not at all. */
    void rewrite(List<Frame> frames) {
        Path fresh = beside(path);
        try {
            FileChannel next =
                    FileChannel.open(
                            fresh,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE);
            writeAll(next, ByteBuffer.wrap(MAGIC));
            long written = MAGIC.length;
            for (Frame frame : frames) {
                writeAll(next, frame.bytes());
                written += frame.size();
            }
            next.force(true);
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
            forceDirectory(path);
            channel.close();
            channel = next;
            size = written;
        } catch (IOException exception) {
            throw new LedgerException("cannot rewrite ledger %s".formatted(path), exception);
        }
    }

    /** Bytes in the file. */
    long size() {
        return size;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private static Path beside(Path path) {
        return path.resolveSibling(path.getFileName() + ".new");
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Makes the name of a new file as lasting as its content. */
    private static void forceDirectory(Path path) throws IOException {
        try (FileChannel directory = FileChannel.open(path.getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
