package io.sluice.apps.worker.ledger;

import io.sluice.core.model.RequestKey;
import io.sluice.sim.worker.DispatchId;
import io.sluice.sim.worker.LedgerEntry;
import io.sluice.sim.worker.WorkerLedger;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A worker's ledger in a file that one process at a time can hold. Single-threaded.
 *
 * <p>Entries live in memory as the bytes of the file, since most of them are ended runs that are
 * kept for a repeated command which never comes.
 */
public final class FileLedger implements WorkerLedger, AutoCloseable {

    /** Rewriting a file smaller than this gains nothing. */
    private static final long SMALL_BYTES = 1 << 20;

    /** A file is rewritten when this many times what holds. */
    private static final int SLACK = 2;

    /** What is known of a run. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Stored(byte[] bytes, boolean published) {}

    private final RunCodec codec;
    private final LongSupplier wallMillis;
    private final FileChannel lock;
    private final Map<DispatchId, Stored> runs = new LinkedHashMap<>();
    private final LedgerFile file;
    private long incarnation;
    private long liveBytes;

    private FileLedger(Path path, RunCodec codec, LongSupplier wallMillis, FileChannel lock) {
        this.codec = codec;
        this.wallMillis = wallMillis;
        this.lock = lock;
        this.file = LedgerFile.open(path, this::replay);
    }

    /**
     * Opens the ledger in a file, or makes it, with the folder it lies in.
     *
     * @param wallMillis milliseconds since 1970. Incarnations are at least as great, so that a
     *     worker that has lost its ledger does not pass for a life that the scheduler knows already
     * @throws LedgerException if another process holds it, or it cannot be used
     */
    public static FileLedger open(Path path, RunCodec codec, LongSupplier wallMillis) {
        Path absolute = path.toAbsolutePath();
        FileChannel lock = lock(absolute);
        try {
            return new FileLedger(absolute, codec, wallMillis, lock);
        } catch (RuntimeException exception) {
            close(lock);
            throw exception;
        }
    }

    /** Not the file itself, which a rewrite replaces. */
    private static FileChannel lock(Path path) {
        Path lockFile = path.resolveSibling(path.getFileName() + ".lock");
        FileChannel channel = null;
        try {
            Files.createDirectories(path.getParent());
            channel =
                    FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException held) {
            // Held by this very process.
        } catch (IOException exception) {
            throw new LedgerException("cannot open ledger %s".formatted(path), exception);
        }
        close(channel);
        throw new LedgerException(
                "ledger %s is in use by another worker of this instance; stop that one first"
                        .formatted(path));
    }

    @Override
    public long nextIncarnation() {
        incarnation = Math.max(incarnation + 1, wallMillis.getAsLong());
        file.append(incarnationFrame());
        return incarnation;
    }

    @Override
    public @Nullable LedgerEntry find(DispatchId id) {
        Stored stored = runs.get(id);
        return stored == null ? null : codec.decode(stored.bytes(), stored.published());
    }

    /** The bytes of an entry, as its codec made them; null if there is none. */
    public byte @Nullable [] bytes(DispatchId id) {
        Stored stored = runs.get(id);
        return stored == null ? null : stored.bytes();
    }

    @Override
    public void put(LedgerEntry entry) {
        Stored before = runs.get(entry.id());
        if (entry.published() && before != null) {
            file.append(Frame.of(Frame.Kind.PUBLISHED, name(entry.id())));
            store(entry.id(), new Stored(before.bytes(), true));
        } else {
            Stored fresh = new Stored(codec.encode(entry), entry.published());
            file.append(Frame.of(Frame.Kind.RUN, fresh.bytes()));
            store(entry.id(), fresh);
        }
        rewriteIfWasteful();
    }

    @Override
    public void remove(DispatchId id) {
        if (drop(id)) {
            file.append(Frame.of(Frame.Kind.REMOVED, name(id)));
            rewriteIfWasteful();
        }
    }

    @Override
    public List<LedgerEntry> entries() {
        List<LedgerEntry> entries = new ArrayList<>(runs.size());
        runs.values().forEach(run -> entries.add(codec.decode(run.bytes(), run.published())));
        return entries;
    }

    /** Bytes in the file. */
    long fileBytes() {
        return file.size();
    }

    @Override
    public void close() {
        file.close();
        close(lock);
    }

    private void replay(Frame frame) {
        switch (frame.kind()) {
            case INCARNATION -> incarnation = ByteBuffer.wrap(frame.payload()).getLong();
            case RUN -> {
                store(decode(frame.payload()).id(), new Stored(frame.payload(), false));
            }
            case PUBLISHED -> {
                DispatchId id = id(frame.payload());
                Stored stored = runs.get(id);
                if (stored != null) {
                    store(id, new Stored(stored.bytes(), true));
                }
            }
            case REMOVED -> drop(id(frame.payload()));
        }
    }

    private LedgerEntry decode(byte[] bytes) {
        try {
            return codec.decode(bytes, false);
        } catch (IllegalArgumentException exception) {
            throw new LedgerException(
                    "an entry of the ledger cannot be read: %s; was it written by a newer version?"
                            .formatted(exception.getMessage()));
        }
    }

    private void store(DispatchId id, Stored stored) {
        Stored before = runs.put(id, stored);
        liveBytes += stored.bytes().length - (before == null ? 0 : before.bytes().length);
    }

    private boolean drop(DispatchId id) {
        Stored before = runs.remove(id);
        liveBytes -= before == null ? 0 : before.bytes().length;
        return before != null;
    }

    private void rewriteIfWasteful() {
        if (file.size() < SMALL_BYTES || file.size() < SLACK * (liveBytes + SMALL_BYTES)) {
            return;
        }
        List<Frame> frames = new ArrayList<>();
        frames.add(incarnationFrame());
        runs.forEach(
                (id, run) -> {
                    frames.add(Frame.of(Frame.Kind.RUN, run.bytes()));
                    if (run.published()) {
                        byte[] name = name(id);
                        frames.add(Frame.of(Frame.Kind.PUBLISHED, name));
                    }
                });
        file.rewrite(frames);
    }

    private Frame incarnationFrame() {
        byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(incarnation).array();
        return Frame.of(Frame.Kind.INCARNATION, number);
    }

    private static byte[] name(DispatchId id) {
        byte[] key = id.key().scoped().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + key.length)
                .putInt(id.attempt())
                .put(key)
                .array();
    }

    private static DispatchId id(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int attempt = buffer.getInt();
        String key = StandardCharsets.UTF_8.decode(buffer).toString();
        return new DispatchId(RequestKey.parse(key), attempt);
    }

    private static void close(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
