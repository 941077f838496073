package io.sluice.demo.report;

import io.sluice.core.latency.LatencyMeasure;
import io.sluice.core.latency.SloIndicator;
import io.sluice.core.model.PriorityBand;
import io.sluice.core.policy.PolicyChoice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * The report as JSON: fields in a fixed order, so that two reports can be compared line by line.
 * What was not measured is null.
 */
public final class RunReportJson {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final double DECIMALS = 1e4;

    private RunReportJson() {}

    /**
     * Writes the report to a file, replacing what was there.
     *
     * @throws IOException if the file cannot be written
     */
    public static void write(RunReport report, Path file) throws IOException {
        Files.writeString(file, text(report) + System.lineSeparator());
    }

    /** The report as indented JSON. */
    public static String text(RunReport report) {
        try {
            return JSON.writeValueAsString(tree(report));
        } catch (JsonProcessingException exception) {
            throw new IllegalStateException("a tree of numbers is always JSON", exception);
        }
    }

    private static ObjectNode tree(RunReport report) {
        ObjectNode root = JSON.createObjectNode();
        run(root, report.run());
        requests(root, report.requests());
        root.put("dead_letters", report.deadLetters());
        root.put("dispatches", report.work().dispatches());
        root.put("redispatches", report.work().redispatches());
        for (LatencyMeasure measure : LatencyMeasure.values()) {
            root.set(
                    measure.name().toLowerCase(Locale.ROOT) + "_ms",
                    grouped(report, figures -> distribution(figures.latency(measure))));
        }
        root.set("slo_attainment", grouped(report, RunReportJson::attainment));
        root.set("dispatch_overhead_ms", distribution(report.work().overheadMillis()));
        root.set("utilisation", utilisation(report.work()));
        root.put("duration_s", report.wallSeconds());
        root.put("trace_duration_s", rounded(report.wallSeconds() * report.run().speedup()));
        return root;
    }

    private static void run(ObjectNode root, RunDescription run) {
        PolicyChoice policies = run.policies();
        root.put("policy", policies.ordering());
        root.put("routing", policies.routing());
        root.put("fairness", policies.fairness());
        root.put("admission", policies.admission());
        root.put("preemption", policies.preemption());
        root.put("batching", policies.batching());
        root.put("trace", run.trace());
        root.put("seed", run.seed());
        root.put("speedup", run.speedup());
        run.instances().forEach(root.putArray("instances")::add);
    }

    private static void requests(ObjectNode root, RequestAccount account) {
        root.put("submitted", account.submitted());
        ObjectNode outcomes = root.putObject("outcomes");
        account.outcomes().forEach(outcomes::put);
        root.put("missing_outcomes", account.missing());
        root.put("duplicate_outcomes", account.duplicate());
        root.put("reemitted_outcomes", account.reemitted());
        root.put("unexpected_outcomes", account.unexpected());
        root.put("resubmitted_requests", account.resubmitted());
    }

    private static ObjectNode grouped(RunReport report, Function<GroupFigures, ObjectNode> part) {
        ObjectNode node = JSON.createObjectNode();
        node.set("all", part.apply(report.all()));
        ObjectNode classes = node.putObject("by_priority");
        for (PriorityBand band : PriorityBand.values()) {
            if (report.byPriority().containsKey(band)) {
                classes.set(band.label(), part.apply(report.byPriority().get(band)));
            }
        }
        return node;
    }

    private static ObjectNode distribution(Distribution values) {
        ObjectNode node = JSON.createObjectNode();
        node.put("count", values.count());
        number(node, "mean", values.mean());
        number(node, "p50", values.p50());
        number(node, "p90", values.p90());
        number(node, "p95", values.p95());
        number(node, "p99", values.p99());
        number(node, "max", values.max());
        return node;
    }

    private static ObjectNode attainment(GroupFigures figures) {
        ObjectNode node = JSON.createObjectNode();
        for (SloIndicator indicator : SloIndicator.values()) {
            OptionalDouble share = figures.attainment(indicator).attainment();
            number(node, name(indicator), share.orElse(Double.NaN));
        }
        ObjectNode carried = node.putObject("requests_with_target");
        for (SloIndicator indicator : SloIndicator.values()) {
            carried.put(name(indicator), figures.attainment(indicator).withTarget());
        }
        return node;
    }

    private static String name(SloIndicator indicator) {
        return indicator.name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode utilisation(WorkFigures work) {
        ObjectNode node = JSON.createObjectNode();
        node.set("all", utilisation(work.fleet()));
        ObjectNode instances = node.putObject("by_instance");
        work.instances().forEach((id, use) -> instances.set(id, utilisation(use)));
        return node;
    }

    private static ObjectNode utilisation(WorkFigures.Utilisation use) {
        ObjectNode node = JSON.createObjectNode();
        node.put("busy_ms", use.busyMillis());
        node.put("idle_while_queued_ms", use.idleWhileQueuedMillis());
        node.put("idle_while_queued_share", rounded(use.idleShare()));
        return node;
    }

    private static void number(ObjectNode node, String field, double value) {
        if (Double.isNaN(value)) {
            node.putNull(field);
        } else {
            node.put(field, rounded(value));
        }
    }

    /** Ten-thousandths of a millisecond, or of a share: more would be noise. */
    private static double rounded(double value) {
        return Math.round(value * DECIMALS) / DECIMALS;
    }
}
