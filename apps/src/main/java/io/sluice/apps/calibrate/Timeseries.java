package io.sluice.apps.calibrate;

import io.sluice.sim.calibration.Occupancy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Batch and queue over time, from a file of comma-separated values with columns {@code t} (seconds
 * since the start of the run), {@code running} and {@code waiting}.
 */
final class Timeseries {
    private Timeseries() {}

    /** Reads the file; an empty list and a warning if it lacks a column. */
    static List<Occupancy> read(Path file, RunMeta meta, EngineClock clock, Warnings warnings) {
        List<String> lines = JsonLines.lines(file);
        List<String> header = lines.isEmpty() ? List.of() : cells(lines.get(0));
        int t = header.indexOf("t");
        int running = header.indexOf("running");
        int waiting = header.indexOf("waiting");
        if (t < 0 || running < 0 || waiting < 0) {
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
        for (int i = 1; i < lines.size(); i++) {
            List<String> cells = cells(lines.get(i));
            try {
                points.add(
                        new Occupancy(
                                startNanos + Math.round(Double.parseDouble(cells.get(t)) * 1e9),
                                (int) Double.parseDouble(cells.get(running)),
                                (int) Double.parseDouble(cells.get(waiting))));
            } catch (NumberFormatException | IndexOutOfBoundsException e) {
                warnings.add(
                        "lines of %s that cannot be read".formatted(file.getFileName()),
                        "line " + (i + 1));
            }
        }
        return points;
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split(",", -1)).map(String::strip).toList();
    }
}
