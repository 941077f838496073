package io.sluice.demo.local;

import io.sluice.apps.cli.CommandException;
import io.sluice.demo.process.PidFolder;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The folder of a cluster: {@code cluster.json}, the process ids, configuration, logs, and
 * everything that its processes write.
 *
 * @param path absolute
 */
record ClusterFolder(Path path) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    ClusterFolder {
        path = path.toAbsolutePath().normalize();
    }

    /** What the cluster is made of, if one was ever started here. */
    Optional<LocalSettings> settings() {
        Path file = file();
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(file.toFile(), LocalSettings.class));
        } catch (IOException exception) {
            throw new CommandException(
                    "cannot read %s: %s".formatted(file, exception.getMessage()), exception);
        }
    }

    /**
     * What the cluster is made of.
     *
     * @throws CommandException if none was ever started here
     */
    LocalSettings require() {
        return settings()
                .orElseThrow(
                        () ->
                                new CommandException(
                                        "there is no cluster in %s; name its folder with --directory, or start one with 'sluice cluster start'"
                                                .formatted(path)));
    }

    /** Keeps what the cluster is made of. */
    void write(LocalSettings settings) throws IOException {
        Files.createDirectories(path);
        JSON.writeValue(file().toFile(), settings);
    }

    /** Goes back to what the cluster was before {@link #write}: nothing, perhaps. */
    void restore(Optional<LocalSettings> before) {
        try {
            if (before.isPresent()) {
                write(before.get());
            } else {
                Files.deleteIfExists(file());
            }
        } catch (IOException exception) {
            throw new CommandException(
                    "cannot write %s: %s".formatted(file(), exception), exception);
        }
    }

    private Path file() {
        return path.resolve("cluster.json");
    }

    Path logs() {
        return path.resolve("log");
    }

    Path conf() {
        return path.resolve("conf");
    }

    /** Its processes. */
    PidFolder processes() {
        return new PidFolder(path.resolve("pids"), logs());
    }

    /**
     * Does something that nobody else may do to this cluster at the same time.
     *
     * @throws CommandException if somebody is starting or stopping it
     */
    <T> T alone(Supplier<T> action) {
        try {
            Files.createDirectories(path);
            try (FileChannel file =
                            FileChannel.open(
                                    path.resolve("lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    FileLock lock = lock(file)) {
                return action.get();
            }
        } catch (IOException exception) {
            throw new CommandException(
                    "cannot use the folder %s: %s".formatted(path, exception), exception);
        }
    }

    private FileLock lock(FileChannel file) throws IOException {
        FileLock lock;
        try {
            lock = file.tryLock();
        } catch (OverlappingFileLockException here) {
            lock = null;
        }
        if (lock == null) {
            throw new CommandException(
                    "another command is starting or stopping the cluster in %s; wait until it is done"
                            .formatted(path));
        }
        return lock;
    }
}
