package io.sluice.apps.calibrate;

import io.sluice.apps.cli.CommandException;
import io.sluice.sim.calibration.MeasuredLog;
import io.sluice.sim.calibration.MeasuredRequest;
import io.sluice.sim.calibration.Occupancy;
import io.sluice.sim.engine.EngineRequest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads the files of a measured run. Rows that cannot be used are counted and left out; a request
 * that started and did not end well is kept as load, and not compared.
 */
final class MeasuredRunReader {
    private final RunFiles files;
    private final Warnings warnings = new Warnings();
    private final Set<String> ids = new HashSet<>();

    private MeasuredRunReader(RunFiles files) {
        this.files = files;
    }

    /**
     * Reads a run.
     *
     * @throws CommandException if a file cannot be read, or holds nothing of use
     */
    static MeasuredRun read(RunFiles files) {
        return new MeasuredRunReader(files).read();
    }

    private MeasuredRun read() {
        List<JsonLines.Line> lines = JsonLines.read(files.requests());
        List<LogRow> rows =
                lines.stream().flatMap(line -> LogRow.of(line, warnings).stream()).toList();
        if (rows.isEmpty()) {
            throw new CommandException(
                    "%s has no request with input_toks and output_toks in its %,d lines"
                            .formatted(files.requests(), lines.size()));
        }
        RunMeta meta = RunMeta.read(files.meta());
        EngineClock clock = EngineClock.of(rows, warnings);
        PromptContents contents = PromptContents.of(files.workload(), rows, warnings);
        List<MeasuredRequest> requests = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            request(rows.get(i), i, clock, contents).ifPresent(requests::add);
        }
        MeasuredLog log = new MeasuredLog(requests);
        if (log.completed() == 0) {
            throw new CommandException(
                    "%s has no request with first_token_ts and last_token_ts: there is nothing to fit"
                            .formatted(files.requests()));
        }
        List<Occupancy> occupancy =
                files.timeseries()
                        .map(file -> Timeseries.read(file, meta, clock, warnings))
                        .orElse(List.of());
        return new MeasuredRun(log, occupancy, meta, lines.size(), warnings);
    }

    private Optional<MeasuredRequest> request(
            LogRow row, int index, EngineClock clock, PromptContents contents) {
        if (!clock.knowsArrival(row)) {
            warnings.add("requests without arrival_time and queued_ts, left out", row.id());
            return Optional.empty();
        }
        boolean ended = !row.failed() && Double.isFinite(row.firstToken() + row.lastToken());
        if (!ended && !Double.isFinite(row.scheduled())) {
            warnings.add("requests that never started or did not end, left out", row.id());
            return Optional.empty();
        }
        if (!ended) {
            warnings.add(
                    "requests that started and did not end, kept as load but not compared",
                    row.id());
        }
        if (!Double.isFinite(row.arrival())) {
            warnings.add("requests without arrival_time, queued_ts stands for it", row.id());
        }
        try {
            return Optional.of(
                    new MeasuredRequest(
                            EngineRequest.of(unique(row), row.promptTokens(), row.outputTokens())
                                    .withPromptBlocks(contents.of(row, index)),
                            clock.arrivalNanos(row),
                            time(clock, row.scheduled(), true),
                            time(clock, row.firstToken(), ended),
                            time(clock, row.lastToken(), ended)));
        } catch (IllegalArgumentException e) {
            warnings.add("requests with times out of order, left out", row.id());
            return Optional.empty();
        }
    }

    private static OptionalLong time(EngineClock clock, double seconds, boolean counts) {
        return counts && Double.isFinite(seconds)
                ? OptionalLong.of(clock.nanos(seconds))
                : OptionalLong.empty();
    }

    private String unique(LogRow row) {
        return ids.add(row.id()) ? row.id() : row.id() + " of line " + row.line();
    }
}
