package io.sluice.apps.chaos;

import io.sluice.apps.cli.CommandException;
import io.sluice.sim.protocol.Fault;
import io.sluice.sim.protocol.Rule;
import io.sluice.sim.protocol.Totals;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** A result as a JSON file. */
final class ChaosReport {

    private ChaosReport() {}

    /**
     * Writes the report.
     *
     * @throws CommandException if the file cannot be written
     */
    static void write(Path file, ChaosResult result) {
        try (JsonGenerator json =
                new JsonFactory().createGenerator(file.toFile(), JsonEncoding.UTF8)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            call(json, result);
            account(json, result.tally());
            faults(json, result.tally());
            rules(json, result);
            json.writeEndObject();
        } catch (IOException e) {
            throw new CommandException("cannot write --report %s: %s".formatted(file, e), e);
        }
    }

    private static void call(JsonGenerator json, ChaosResult result) throws IOException {
        json.writeNumberField("seeds", result.tally().seeds());
        json.writeNumberField("first_seed", result.call().firstSeed());
        json.writeNumberField("threads", result.call().threads());
        json.writeNumberField("seconds", result.seconds());
        json.writeNumberField("seeds_per_s", result.seedsPerSecond());
        json.writeArrayFieldStart("without");
        for (Rule rule : result.call().off()) {
            json.writeString(rule.title());
        }
        json.writeEndArray();
    }

    private static void account(JsonGenerator json, Tally tally) throws IOException {
        Totals totals = tally.totals();
        json.writeNumberField("submitted", totals.submitted());
        json.writeNumberField("outcomes", totals.answered());
        json.writeNumberField("lost", totals.lost());
        json.writeNumberField("duplicate_outcomes", totals.duplicateOutcomes());
        json.writeNumberField("runs_started", totals.runsStarted());
        json.writeNumberField("wasted_executions", totals.wastedExecutions());
        json.writeNumberField("job_crashes", tally.times(Fault.JOB_CRASH));
        json.writeArrayFieldStart("broken_seeds");
        for (long seed : tally.broken()) {
            json.writeNumber(seed);
        }
        json.writeEndArray();
    }

    private static void faults(JsonGenerator json, Tally tally) throws IOException {
        json.writeObjectFieldStart("faults");
        for (Fault fault : Fault.values()) {
            json.writeNumberField(fault.name().toLowerCase(Locale.ROOT), tally.times(fault));
        }
        json.writeEndObject();
    }

    private static void rules(JsonGenerator json, ChaosResult result) throws IOException {
        json.writeArrayFieldStart("rules");
        for (SeedRuns.Missed missed : result.rules()) {
            json.writeStartObject();
            json.writeStringField("without", missed.rule().title());
            json.writeNumberField("rule", missed.rule().number());
            json.writeStringField(
                    "breaks", missed.rule().promise().name().toLowerCase(Locale.ROOT));
            if (missed.firstSeed().isPresent()) {
                json.writeNumberField("first_seed", missed.firstSeed().getAsLong());
            } else {
                json.writeNullField("first_seed");
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
