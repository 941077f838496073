package io.sluice.apps.replay;

import io.sluice.apps.trace.TraceException;
import io.sluice.apps.trace.arrival.ArrivalSpec;
import io.sluice.apps.trace.file.TraceOptions;
import io.sluice.apps.trace.shape.Shaping;
import io.sluice.apps.trace.workload.TraceChoice;
import io.sluice.apps.trace.workload.Workload;
import io.sluice.apps.trace.workload.WorkloadSpec;

import org.apache.kafka.common.errors.TimeoutException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

import static org.assertj.core.api.Assertions.assertThat;

/** What people and programs read of a replay: progress, summary, report. */
class ReplayAccountTest {

    @TempDir private Path folder;

    private final FakeClock clock = new FakeClock();
    private final FakeKafka kafka = new FakeKafka(clock, false);
    private WorkloadSpec spec;
    private ReplayResult result;
    private ReplayInfo info;

    /** Three rows without times or answers, of which one is no row; one send of two fails. */
    @BeforeEach
    void replay() throws IOException {
        Path trace =
                Files.writeString(
                        folder.resolve("questions.jsonl"),
                        """
                        {"instruction": "Why is the sky blue?", "output": "Because of scattering."}
                        {"instruction": "Why is
                        {"instruction": "What is a star?", "output": "A sphere of plasma."}
                        """);
        spec =
                new WorkloadSpec(
                        new TraceChoice.Recorded(trace, TraceOptions.defaults()),
                        new ArrivalSpec.Auto(),
                        OptionalDouble.empty(),
                        Shaping.none(7));
        ReplaySettings settings =
                ReplaySettings.of(
                        RequestFields.of(RequestIds.of(spec.trace().name(), 7).withRunId("a")));
        clock.at(Duration.ofSeconds(3), kafka::completeNext);
        clock.at(Duration.ofSeconds(3), () -> kafka.errorNext(new TimeoutException("lost")));
        try (Workload workload = Workload.open(spec)) {
            info = new ReplayInfo(workload, settings);
            result =
                    new Replayer(kafka, settings, clock, ReplayListener.NONE)
                            .run(workload.requests());
        }
    }

    @Test
    void summaryNamesArrivalsEstimatesBadRowsDelayAndWhatFailed() {
        List<String> lines = ReplaySummary.of(info, result);

        assertThat(lines)
                .contains(
                        "replayed 1 requests of questions.jsonl (prompts; tokens counted in the file or estimated) in 3.0 s (0.7/s); 1 failed",
                        "  arrivals  Poisson arrivals at 5 requests/s, seed 7 (the trace records no times)",
                        "  requests  ids a.questions.7.*, model sim, predicted lengths as recorded",
                        "  rows      3 read, 1 not used: 1 malformed row",
                        "  notes     2 prompt lengths estimated from text, 2 output lengths estimated from text",
                        "  behind    p50 0.00 ms, p99 0.00 ms, max 0.00 ms after a request was due",
                        "  problem   request a.questions.7.1: TimeoutException: lost");
        assertThat(lines).anyMatch(line -> line.startsWith("            line 2: malformed row"));
    }

    @Test
    void reportHoldsTheSameForPrograms() throws IOException {
        Path file = folder.resolve("report.json");

        ReplayReport.write(file, info, result, new TraceException("broke off"));

        Map<String, String> values = flat(file);
        assertThat(values)
                .containsEntry(
                        "/trace",
                        "questions.jsonl (prompts; tokens counted in the file or estimated)")
                .containsEntry(
                        "/arrivals",
                        "Poisson arrivals at 5 requests/s, seed 7 (the trace records no times)")
                .containsEntry("/request_ids", "a.questions.7.*")
                .containsEntry("/started_at", "2026-01-01T00:00:00Z")
                .containsEntry("/error", "broke off")
                .containsEntry("/rows/read", "3")
                .containsEntry("/rows/accepted", "2")
                .containsEntry("/rows/rejected/malformed", "1")
                .containsEntry("/rows/notes/prompt_estimated", "2")
                .containsEntry("/requests/sent", "2")
                .containsEntry("/requests/acknowledged", "1")
                .containsEntry("/requests/failed", "1")
                .containsEntry("/behind_ms/max", "0.0")
                .containsEntry("/stopped", "false")
                .containsEntry("/problems/0", "request a.questions.7.1: TimeoutException: lost");
        assertThat(Double.parseDouble(values.get("/acknowledged_behind_ms/max"))).isPositive();
    }

    /** Every value by its JSON pointer. */
    private static Map<String, String> flat(Path file) throws IOException {
        Map<String, String> values = new HashMap<>();
        try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token.isScalarValue()) {
                    values.put(json.getParsingContext().pathAsPointer().toString(), json.getText());
                }
            }
        }
        return values;
    }

    @Test
    void progressNamesShareRateDelayAndEta() {
        ReplayProgress half =
                new ReplayProgress(
                        result.counts(), result.progress().lag(), 4_000_000_000L, 3_000_000_000L);
        Optional<TraceLength> length = Optional.of(new TraceLength(4, 79_000_000_000L));

        assertThat(ProgressText.bar(half, length) + ProgressText.of(half, length))
                .isEqualTo(
                        "[============            ]  50 %  2 of 4 requests, 0.5/s, at most 0.00 ms"
                                + " behind, 1 failed, ETA 1:15");
        assertThat(
                        ProgressText.bar(half, Optional.empty())
                                + ProgressText.of(half, Optional.empty()))
                .isEqualTo("2 requests, 0.5/s, at most 0.00 ms behind, 1 failed");
    }

    @Test
    void progressChangesOneLineOfATerminalAndElsewhereAddsOneEveryFiveSeconds() {
        StringWriter terminal = new StringWriter();
        StringWriter file = new StringWriter();
        ProgressPrinter bar = printer(terminal, true);
        ProgressPrinter plain = printer(file, false);

        for (int quarter = 0; quarter <= 48; quarter++) {
            ReplayProgress progress =
                    new ReplayProgress(
                            result.counts(), Optional.empty(), quarter * 250_000_000L, 0);
            bar.progress(progress);
            plain.progress(progress);
        }
        bar.end();
        plain.end();

        assertThat(terminal.toString().split("\r", -1)).hasSize(50);
        assertThat(terminal.toString().lines().filter(line -> line.contains("2 requests")).count())
                .isEqualTo(49);
        assertThat(terminal.toString()).endsWith(System.lineSeparator());
        assertThat(file.toString().lines())
                .containsExactly("2 requests, 0.4/s, 1 failed", "2 requests, 0.2/s, 1 failed");
    }

    private static ProgressPrinter printer(StringWriter out, boolean terminal) {
        return new ProgressPrinter(new PrintWriter(out), terminal, Optional::empty);
    }

    @Test
    void lengthIsThatOfTheReplay() throws InterruptedException {
        try (TraceLength.Measuring measuring = TraceLength.measure(spec)) {
            measuring.await();

            assertThat(measuring.known().orElseThrow().requests()).isEqualTo(2);
            assertThat(measuring.known().orElseThrow().lastOffsetNanos())
                    .isEqualTo(result.progress().scheduledNanos());
        }
    }
}
