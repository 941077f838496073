package io.sluice.demo.chaos;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a run of chaos is made.
 *
 * @param seed of the plan and the load
 * @param rate requests per second; null for as many as go without delay
 * @param kinds the faults to draw from
 * @param skipped kinds that cannot be had on this machine, and why
 * @param rounds how many
 * @param workers how many
 * @param clusterOptions those of {@code sluice cluster start} over the tuned ones
 * @param directory for everything that is written
 * @param jobs the jar of the jobs
 */
record ChaosSettings(
        long seed,
        @Nullable Integer rate,
        List<FaultKind> kinds,
        Map<FaultKind, String> skipped,
        int rounds,
        int workers,
        List<String> clusterOptions,
        Path directory,
        Path jobs) {

    /** Copies the lists. */
    ChaosSettings {
        kinds = List.copyOf(kinds);
        skipped = Map.copyOf(skipped);
        clusterOptions = List.copyOf(clusterOptions);
        directory = directory.toAbsolutePath().normalize();
    }

    /** Those of one of several parts: in a folder of its own, and with three brokers if even. */
    ChaosSettings part(int number) {
        List<String> options = new ArrayList<>();
        if (number % 2 == 0) {
            options.add("--brokers=3");
        }
        options.addAll(clusterOptions);
        return new ChaosSettings(
                seed,
                rate,
                kinds,
                skipped,
                rounds,
                workers,
                options,
                directory.resolve("part-" + number),
                jobs);
    }
}
