package io.sluice.demo.chaos;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** What a run of chaos shall be, besides its length. */
final class ChaosOptions {

    private static final int MOST_WORKERS = 16;

    private static final String HIGHEST = "highest";

    /** Rounds from which faults come that take minutes. */
    private static final int LONG_ROUNDS = 50;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of the plan and the load (default: drawn, and printed).")
    private @Nullable Long seed;

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "200",
            description =
                    "Requests per second, or 'highest' for as many as are dispatched within a second before"
                            + " any fault (default: ${DEFAULT-VALUE}).")
    private String rate = "200";

    @Option(
            names = "--only",
            paramLabel = "KIND",
            split = ",",
            description =
                    "The kinds of fault to draw from: task-manager-kill, job-manager-kill, broker-kill,"
                            + " worker-kill, replayer-kill, task-manager-pause, job-manager-pause,"
                            + " worker-pause, broker-pause, worker-cut, worker-clock-step,"
                            + " checkpoint-disk-full, checkpoint-disk-slow, poison, job-outage (default: all, the last one"
                            + " with --long only).")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "3",
            description = "Simulated workers (default: ${DEFAULT-VALUE}).")
    private int workers = 3;

    @Option(
            names = "--cluster",
            paramLabel = "OPTION",
            description =
                    "An option of 'sluice cluster start', such as --cluster=-Dheartbeat.timeout=20s; may be"
                            + " repeated.")
    private List<String> cluster = new ArrayList<>();

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description =
                    "Where everything is written: logs, topics, checkpoints (default: run/chaos-SEED).")
    private @Nullable Path directory;

    @Option(
            names = "--keep",
            description =
                    "Leave that folder when every promise was kept; it is left when one was not.")
    private boolean keep;

    @Option(
            names = "--jar",
            paramLabel = "FILE",
            description = "The jar of the jobs (default: the one of this build).")
    private Path jobs =
            Path.of(System.getProperty("sluice.jobs.jar", "jobs/target/sluice-jobs.jar"));

    /**
     * What is asked for.
     *
     * @throws IllegalArgumentException if an option makes no sense
     */
    ChaosSettings settings(int rounds) {
        require("--rounds", rounds, Integer.MAX_VALUE);
        require("--workers", workers, MOST_WORKERS);
        long drawn = seed == null ? new Random().nextInt(1_000_000) : seed;
        Set<FaultKind> wanted = wanted(rounds);
        Map<FaultKind, String> skipped = Equipment.obstacles(wanted);
        List<FaultKind> kinds = wanted.stream().filter(kind -> !skipped.containsKey(kind)).toList();
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException("none of these faults can be had: " + skipped);
        }
        return new ChaosSettings(
                drawn, rate(), kinds, skipped, rounds, workers, cluster, folder(drawn), jobs);
    }

    private @Nullable Integer rate() {
        if (rate.equals(HIGHEST)) {
            return null;
        }
        try {
            int number = Integer.parseInt(rate);
            require("--rate", number, Integer.MAX_VALUE);
            return number;
        } catch (NumberFormatException exception) {
            throw new IllegalArgumentException(
                    "--rate is %s, must be a number or %s".formatted(rate, HIGHEST), exception);
        }
    }

    private Set<FaultKind> wanted(int rounds) {
        if (!only.isEmpty()) {
            return only.stream()
                    .map(FaultKind::titled)
                    .collect(Collectors.toCollection(() -> EnumSet.noneOf(FaultKind.class)));
        }
        Set<FaultKind> all = EnumSet.allOf(FaultKind.class);
        all.removeIf(kind -> kind.isLong() && rounds < LONG_ROUNDS);
        return all;
    }

    /** What a run before it left would be mistaken for its own. */
    private Path folder(long drawn) {
        Path folder =
                directory == null
                        ? Path.of(System.getProperty("sluice.run.dir", "run"), "chaos-" + drawn)
                        : directory;
        if (Files.exists(folder)) {
            throw new IllegalArgumentException(
                    "the folder %s is there already; delete it, or name another with --directory"
                            .formatted(folder));
        }
        return folder;
    }

    /** Whether everything that was written stays, though all was well. */
    boolean keep() {
        return keep;
    }

    private static void require(String option, int number, int most) {
        if (number < 1 || number > most) {
            throw new IllegalArgumentException(
                    "%s is %d, must be from 1 to %d".formatted(option, number, most));
        }
    }
}
