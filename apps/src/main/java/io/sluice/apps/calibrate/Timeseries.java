package io.sluice.apps.calibrate;

import io.sluice.sim.calibration.Occupancy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Batch and queue over time, from a file of comma-separated values with columns {@code t} (seconds
 * since the start of the run), {@code running} and {@code waiting}.
 */
final class Timeseries {
    private static final String[] COLUMNS = {"t", "running", "waiting"};

    private Timeseries() {}

    /** Reads the file; an empty list and a warning if it lacks a column. */
    static List<Occupancy> read(Path file, RunMeta meta, EngineClock clock, Warnings warnings) {
        CsvTable table = CsvTable.read(file);
        if (!table.has(COLUMNS)) {
            warnings.add(
                    "%s has no columns t, running and waiting: batch and queue are not compared"
                            .formatted(file.getFileName()));
            return List.of();
        }
        OptionalDouble start = meta.startedAt();
        if (start.isEmpty()) {
            warnings.add(
                    "meta.json has no started_at: %s is taken to start with the first arrival"
                            .formatted(file.getFileName()));
        }
        long startNanos = start.isPresent() ? clock.nanosOfArrivalClock(start.getAsDouble()) : 0;
        List<Occupancy> points = new ArrayList<>();
        for (int row = 0; row < table.rows(); row++) {
            if (table.isNumeric(row, COLUMNS)) {
                points.add(
                        new Occupancy(
                                startNanos + Math.round(table.number(row, "t") * 1e9),
                                table.whole(row, "running"),
                                table.whole(row, "waiting")));
            } else {
                warnings.add(
                        "lines of %s that cannot be read".formatted(file.getFileName()),
                        "line " + (row + 2));
            }
        }
        return points;
    }
}
