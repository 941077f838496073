package io.sluice.demo.chaos;

import io.sluice.demo.disk.SlowFileSystem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Each file of a checkpoint takes long to be written.
 *
 * @param folder of the checkpoints
 * @param each how long
 */
record DiskSlow(Path folder, Duration each) implements Fault {

    private static final int SHORTEST_MILLIS = 2_000;
    private static final int SPREAD_MILLIS = 3_000;

    /** By a number that was drawn. */
    static DiskSlow of(Path folder, int draw) {
        return new DiskSlow(folder, Duration.ofMillis(SHORTEST_MILLIS + draw * 7L % SPREAD_MILLIS));
    }

    @Override
    public String target() {
        return "checkpoints, by %,d ms a file".formatted(each.toMillis());
    }

    @Override
    public void inject() {
        try {
            SlowFileSystem.slow(folder, each);
        } catch (IOException exception) {
            throw new UncheckedIOException("cannot slow " + folder, exception);
        }
    }

    @Override
    public void heal() {
        try {
            SlowFileSystem.quick(folder);
        } catch (IOException exception) {
            throw new UncheckedIOException("cannot heal " + folder, exception);
        }
    }
}
