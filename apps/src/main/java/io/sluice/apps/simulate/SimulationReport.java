package io.sluice.apps.simulate;

import io.sluice.apps.cli.CommandException;
import io.sluice.sim.result.Distribution;
import io.sluice.sim.result.RunFigures;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** A study and its runs as a JSON file: {@code summary} by policy, {@code runs} by seed. */
final class SimulationReport {

    private final JsonGenerator json;
    private final String setting;

    private SimulationReport(JsonGenerator json, String setting) {
        this.json = json;
        this.setting = setting;
    }

    /**
     * Writes the report.
     *
     * @throws CommandException if the file cannot be written
     */
    static void write(Path file, Map<String, String> conditions, List<Summary> summaries) {
        try (JsonGenerator json =
                new JsonFactory().createGenerator(file.toFile(), JsonEncoding.UTF8)) {
            json.useDefaultPrettyPrinter();
            new SimulationReport(json, conditions.getOrDefault("setting", ""))
                    .write(conditions, summaries);
        } catch (IOException e) {
            throw new CommandException("cannot write --report %s: %s".formatted(file, e), e);
        }
    }

    private void write(Map<String, String> conditions, List<Summary> summaries) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("conditions");
        for (Map.Entry<String, String> condition : conditions.entrySet()) {
            json.writeStringField(condition.getKey(), condition.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("summary");
        for (Summary summary : summaries) {
            summary(summary);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("runs");
        for (Summary summary : summaries) {
            for (Cell run : summary.runs()) {
                run(summary, run);
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void summary(Summary summary) throws IOException {
        json.writeStartObject();
        place(summary);
        json.writeNumberField("runs", summary.runs().size());
        json.writeNumberField("requests", summary.requests());
        figures(summary::mean);
        number("mean_ci95_s", summary.confidence(figures -> figures.latency().mean()));
        number("p99_ci95_s", summary.confidence(figures -> figures.latency().p99()));
        json.writeObjectFieldStart("by_class");
        for (Map.Entry<Integer, Summary.OfClass> rank : summary.byRank().entrySet()) {
            ofClass(rank.getKey(), rank.getValue().mean(), rank.getValue().count());
        }
        json.writeEndObject();
        number("sim_cpu_s", summary.cpuSeconds());
        json.writeEndObject();
    }

    private void place(Summary summary) throws IOException {
        json.writeStringField("policy", summary.policy());
        json.writeStringField("setting", summary.at().getOrDefault("setting", setting));
        json.writeObjectFieldStart("at");
        for (Map.Entry<String, String> value : summary.at().entrySet()) {
            json.writeStringField(value.getKey(), value.getValue());
        }
        json.writeEndObject();
    }

    private void run(Summary summary, Cell run) throws IOException {
        json.writeStartObject();
        place(summary);
        json.writeNumberField("seed", run.seed());
        json.writeNumberField("requests", run.figures().requests());
        figures(figure -> figure.applyAsDouble(run.figures()));
        json.writeObjectFieldStart("by_class");
        for (Map.Entry<Integer, Distribution> rank : run.figures().byRank().entrySet()) {
            ofClass(rank.getKey(), rank.getValue().mean(), rank.getValue().count());
        }
        json.writeEndObject();
        number("sim_cpu_s", run.cpuSeconds());
        json.writeEndObject();
    }

    /** What turns a figure of a run into the number to write. */
    private interface Reading {
        double of(ToDoubleFunction<RunFigures> figure);
    }

    private void figures(Reading reading) throws IOException {
        for (Map.Entry<String, ToDoubleFunction<RunFigures>> figure : Figures.BY_NAME.entrySet()) {
            number(figure.getKey(), reading.of(figure.getValue()));
        }
    }

    private void ofClass(int rank, double mean, long count) throws IOException {
        json.writeObjectFieldStart("P" + rank);
        number("mean_s", mean);
        json.writeNumberField("count", count);
        json.writeEndObject();
    }

    /** JSON has no number that is none. */
    private void number(String name, double value) throws IOException {
        if (Double.isNaN(value)) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value);
        }
    }
}
