package io.sluice.demo.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A wall clock for one process that can be stepped, by libfaketime. Time spans of that process are
 * right all the while, as they are when a real clock is stepped.
 *
 * @param library libfaketime
 * @param file says how far off the clock is
 */
record OwnClock(Path library, Path file) {

    private static final List<Path> PLACES =
            List.of(
                    Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
                    Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"),
                    Path.of("/usr/lib64/faketime/libfaketimeMT.so.1"),
                    Path.of("/usr/lib/faketime/libfaketimeMT.so.1"));

    private static Optional<Path> installed() {
        return PLACES.stream().filter(Files::isReadable).findFirst();
    }

    /** Why there cannot be one on this machine, in a line; empty if there can. */
    static String obstacle() {
        return installed().isPresent()
                ? ""
                : "libfaketime is not installed, as Debian's package faketime does";
    }

    /**
     * A clock that is right.
     *
     * @param folder for its file
     */
    static OwnClock in(Path folder) {
        OwnClock clock = new OwnClock(installed().orElseThrow(), folder.resolve("clock"));
        clock.step(0);
        return clock;
    }

    /** Sets it off by so many seconds from what is right. */
    void step(int seconds) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, "%+ds%n".formatted(seconds));
        } catch (IOException exception) {
            throw new UncheckedIOException("cannot write " + file, exception);
        }
    }

    /** What starts a process that goes by it. */
    List<String> launcher() {
        return List.of(
                "env",
                "LD_PRELOAD=" + library,
                "FAKETIME_TIMESTAMP_FILE=" + file.toAbsolutePath(),
                "FAKETIME_CACHE_DURATION=1",
                "FAKETIME_DONT_FAKE_MONOTONIC=1",
                "DONT_FAKE_MONOTONIC=1");
    }
}
