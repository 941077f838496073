package io.sluice.apps.simulate;

import io.sluice.apps.cli.CommandException;
import io.sluice.sim.fleet.RunListener;
import io.sluice.sim.result.LoadCurve;
import io.sluice.sim.result.Samples;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A study as one page with charts that needs no network. Curves over time and distributions are of
 * the first seed at the first setting of a sweep; the rest is of all runs.
 */
final class HtmlReport {

    private static final String TEMPLATE = "simulation.html";

    /** The version is the one that the build names; a test opens it. */
    private static final String CHARTS = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

    private static final int QUANTILES = 200;

    /** Figures of a table or a chart, as a report names them. */
    private static final List<String> FIGURES =
            List.of(
                    "mean_s",
                    "p50_s",
                    "p99_s",
                    "ttft_p99_s",
                    "tpot_p99_s",
                    "queue_p99_s",
                    "attainment",
                    "jain",
                    "throughput_per_s",
                    "makespan_s",
                    "mean_batch",
                    "cache_hit_rate",
                    "preemptions",
                    "first_answers_s",
                    "answers_within",
                    "misses");

    private final Point first;
    private final Map<String, RunCurves> curves = new LinkedHashMap<>();

    /**
     * A page without runs.
     *
     * @param first the first setting
     */
    HtmlReport(Point first) {
        this.first = first;
        first.plan().policies().forEach(policy -> curves.put(policy, new RunCurves()));
    }

    /** What hears of the requests of a run. */
    RunListener of(Point point, String policy, long seed) {
        RunCurves drawn = curves.get(policy);
        boolean isFirst = point.equals(first) && seed == first.plan().seeds().get(0);
        return drawn != null && isFirst ? drawn : result -> {};
    }

    /**
     * Writes the page.
     *
     * @throws CommandException if that cannot be done
     */
    void write(Path file, List<Summary> summaries) {
        try {
            String page =
                    resource(TEMPLATE)
                            .replace("/* chart styles */", resource(CHARTS + "uPlot.min.css"))
                            .replace("/* chart script */", resource(CHARTS + "uPlot.iife.min.js"))
                            .replace("null /* data */", data(summaries));
            Files.writeString(file, page);
        } catch (IOException e) {
            throw new CommandException("cannot write --html %s: %s".formatted(file, e), e);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks its resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String data(List<Summary> summaries) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            strings(json, "conditions", first.plan().study().conditions());
            json.writeArrayFieldStart("curves");
            for (Map.Entry<String, RunCurves> drawn : curves.entrySet()) {
                curves(json, drawn.getKey(), drawn.getValue());
            }
            json.writeEndArray();
            json.writeArrayFieldStart("summary");
            for (Summary summary : summaries) {
                summary(json, summary);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        // What is in a script element must not end it.
        return text.toString().replace("<", "\\u003c");
    }

    private static void curves(JsonGenerator json, String policy, RunCurves drawn)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("policy", policy);
        json.writeObjectFieldStart("latency");
        for (Map.Entry<Integer, Samples> rank : drawn.latency().entrySet()) {
            numbers(json, "P" + rank.getKey(), rank.getValue().quantiles(QUANTILES));
        }
        json.writeEndObject();
        curve(json, "waiting", drawn.waiting());
        curve(json, "running", drawn.running());
        json.writeEndObject();
    }

    private static void curve(JsonGenerator json, String name, LoadCurve curve) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("step_s", curve.binSeconds());
        numbers(json, "means", curve.means());
        json.writeEndObject();
    }

    private static void summary(JsonGenerator json, Summary summary) throws IOException {
        json.writeStartObject();
        json.writeStringField("policy", summary.policy());
        json.writeNumberField("requests", summary.requests());
        strings(json, "at", summary.at());
        for (String figure : FIGURES) {
            json.writeFieldName(figure);
            number(json, summary.figure(figure));
        }
        json.writeEndObject();
    }

    private static void strings(JsonGenerator json, String name, Map<String, String> values)
            throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> value : values.entrySet()) {
            json.writeStringField(value.getKey(), value.getValue());
        }
        json.writeEndObject();
    }

    private static void numbers(JsonGenerator json, String name, double[] values)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (double value : values) {
            number(json, value);
        }
        json.writeEndArray();
    }

    private static void number(JsonGenerator json, double value) throws IOException {
        if (Double.isNaN(value)) {
            json.writeNull();
        } else {
            json.writeNumber((float) value);
        }
    }
}
