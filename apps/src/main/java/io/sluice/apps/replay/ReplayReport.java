package io.sluice.apps.replay;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.trace.TraceProblem;
import io.sluice.apps.trace.TraceStats;
import io.sluice.core.latency.LatencyStats;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The account of a replay as a JSON file. Times of the replay itself are wall time. */
final class ReplayReport {

    private final JsonGenerator json;

    private ReplayReport(JsonGenerator json) {
        this.json = json;
    }

    /**
     * Finds out before a long replay whether its report can be written.
     *
     * @throws CommandException if not
     */
    static void requireWritable(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)
                || folder == null
                || !Files.isWritable(Files.exists(file) ? file : folder)) {
            throw new CommandException(
                    "cannot write --report %s: name a file in a folder that is there and writable"
                            .formatted(file));
        }
    }

    /**
     * Writes the report.
     *
     * @param broken what broke the trace, if something did
     * @throws CommandException if the file cannot be written
     */
    static void write(Path file, ReplayInfo info, ReplayResult result, @Nullable Exception broken) {
        try (JsonGenerator json =
                new JsonFactory().createGenerator(file.toFile(), JsonEncoding.UTF8)) {
            json.useDefaultPrettyPrinter();
            new ReplayReport(json).write(info, result, broken);
        } catch (IOException e) {
            throw new CommandException("cannot write --report %s: %s".formatted(file, e), e);
        }
    }

    private void write(ReplayInfo info, ReplayResult result, @Nullable Exception broken)
            throws IOException {
        json.writeStartObject();
        source(info);
        json.writeStringField("started_at", result.startedAt().toString());
        json.writeNumberField("duration_s", result.progress().elapsedNanos() / 1e9);
        json.writeNumberField("requests_per_s", ProgressText.rate(result.progress()));
        json.writeBooleanField("stopped", result.stopped());
        if (broken != null) {
            json.writeStringField("error", String.valueOf(broken.getMessage()));
        }
        rows(info.rows());
        counts(result.counts());
        latencies("behind_ms", result.progress().lag());
        latencies("acknowledged_behind_ms", result.acknowledged());
        json.writeArrayFieldStart("problems");
        for (SendProblem problem : result.problems()) {
            json.writeString(problem.toString());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void source(ReplayInfo info) throws IOException {
        json.writeStringField("trace", info.workload().trace());
        json.writeStringField("arrivals", info.workload().arrivals());
        json.writeStringField("shape", info.workload().shape());
        RequestFields fields = info.settings().fields();
        json.writeStringField("request_ids", fields.ids().toString());
        json.writeStringField("model", fields.model().toString());
        json.writeStringField("prediction", fields.prediction().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("seed", info.seed());
        json.writeNumberField("speedup", info.speedup());
    }

    private void rows(TraceStats rows) throws IOException {
        json.writeObjectFieldStart("rows");
        json.writeNumberField("read", rows.rowsRead());
        json.writeNumberField("accepted", rows.accepted());
        byName("rejected", rows.rejected());
        byName("notes", rows.notes());
        json.writeArrayFieldStart("first_problems");
        for (TraceProblem problem : rows.firstProblems()) {
            json.writeString(problem.toString());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private <K extends Enum<K>> void byName(String field, Map<K, Long> counts) throws IOException {
        json.writeObjectFieldStart(field);
        for (Map.Entry<K, Long> count : counts.entrySet()) {
            json.writeNumberField(count.getKey().name().toLowerCase(Locale.ROOT), count.getValue());
        }
        json.writeEndObject();
    }

    private void counts(ReplayCounts counts) throws IOException {
        json.writeObjectFieldStart("requests");
        sends(counts.requests());
        json.writeNumberField("oversized", counts.deviations().oversized());
        json.writeNumberField("not_sent_when_stopped", counts.deviations().stopped());
        json.writeNumberField("sent_without_wait_for", counts.deviations().unordered());
        json.writeEndObject();
        sends("duplicates", counts.duplicates());
        sends("cancels", counts.cancels());
        sends("prompts_by_reference", counts.prompts());
    }

    private void sends(String field, SendCounts counts) throws IOException {
        json.writeObjectFieldStart(field);
        sends(counts);
        json.writeEndObject();
    }

    private void sends(SendCounts counts) throws IOException {
        json.writeNumberField("sent", counts.sent());
        json.writeNumberField("acknowledged", counts.acknowledged());
        json.writeNumberField("failed", counts.failed());
    }

    private void latencies(String field, Optional<LatencyStats> latencies) throws IOException {
        if (latencies.isEmpty()) {
            json.writeNullField(field);
            return;
        }
        LatencyStats stats = latencies.get();
        json.writeObjectFieldStart(field);
        json.writeNumberField("mean", stats.mean());
        json.writeNumberField("p50", stats.p50());
        json.writeNumberField("p90", stats.p90());
        json.writeNumberField("p95", stats.p95());
        json.writeNumberField("p99", stats.p99());
        json.writeNumberField("max", stats.max());
        json.writeEndObject();
    }
}
