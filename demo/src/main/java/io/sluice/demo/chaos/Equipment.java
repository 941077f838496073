package io.sluice.demo.chaos;

import io.sluice.demo.local.RunningCluster;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What some faults need of this machine: a disk that can be full, a line that can be cut, a clock
 * that can be stepped. What no fault of the run needs is null.
 */
final class Equipment implements AutoCloseable {

    private final @Nullable SmallDisk disk;
    private final @Nullable OwnClock clock;
    private @Nullable CutLine line;

    private Equipment(@Nullable SmallDisk disk, @Nullable OwnClock clock) {
        this.disk = disk;
        this.clock = clock;
    }

    /** Why kinds of fault cannot be had on this machine. */
    static Map<FaultKind, String> obstacles(Set<FaultKind> wanted) {
        Map<FaultKind, String> obstacles = new EnumMap<>(FaultKind.class);
        for (FaultKind kind : wanted) {
            String obstacle =
                    switch (kind) {
                        case WORKER_CUT -> CutLine.obstacle();
                        case WORKER_CLOCK_STEP -> OwnClock.obstacle();
                        case CHECKPOINT_DISK_FULL -> SmallDisk.obstacle();
                        default -> "";
                    };
            if (!obstacle.isEmpty()) {
                obstacles.put(kind, obstacle);
            }
        }
        return obstacles;
    }

    /**
     * Sets up what has to be there before the cluster is.
     *
     * @param kinds of fault that will come
     * @param folder of the run
     */
    static Equipment of(Set<FaultKind> kinds, Path folder) {
        return new Equipment(
                kinds.contains(FaultKind.CHECKPOINT_DISK_FULL)
                        ? SmallDisk.mount(RunningCluster.checkpoints(folder.resolve("cluster")))
                        : null,
                kinds.contains(FaultKind.WORKER_CLOCK_STEP) ? OwnClock.in(folder) : null);
    }

    /** Sets up what needs the brokers' addresses. */
    void connect(Set<FaultKind> kinds, String brokers) {
        if (kinds.contains(FaultKind.WORKER_CUT)) {
            line = CutLine.to(brokers);
        }
    }

    SmallDisk disk() {
        return require(disk);
    }

    OwnClock clock() {
        return require(clock);
    }

    CutLine line() {
        return require(line);
    }

    private static <T> T require(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("a fault came for which nothing was set up");
        }
        return part;
    }

    /** Who takes part in what. */
    Surroundings surroundings(int worker, int workers) {
        if (line != null && worker == 1) {
            return new Surroundings(
                    line.launcher(), RelayedCommand.class.getName(), line.arguments());
        }
        if (clock != null && worker == workers) {
            return new Surroundings(clock.launcher(), Programs.PLAIN, List.of());
        }
        return new Surroundings(List.of(), Programs.PLAIN, List.of());
    }

    /**
     * How a worker is started.
     *
     * @param launcher what becomes its process
     * @param mainClass its program
     * @param arguments before its own
     */
    record Surroundings(List<String> launcher, String mainClass, List<String> arguments) {

        /** Copies the lists. */
        Surroundings {
            launcher = List.copyOf(launcher);
            arguments = List.copyOf(arguments);
        }
    }

    @Override
    public void close() {
        if (line != null) {
            line.close();
        }
        if (disk != null) {
            disk.close();
        }
    }
}
