package io.sluice.demo.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The report as JSON. What was not measured is null. */
final class ChaosReportJson {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final double PER = 1_000;

    private ChaosReportJson() {}

    /**
     * Writes it, replacing what was there.
     *
     * @throws IOException if the file cannot be written
     */
    static void write(ChaosReport report, Path file) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(tree(report)) + System.lineSeparator());
    }

    static ObjectNode tree(ChaosReport report) {
        JsonNode audit = report.audit();
        ObjectNode root = JSON.createObjectNode();
        root.put("seed", report.settings().seed());
        ArrayNode rates = root.putArray("rates_per_s");
        report.parts().forEach(part -> rates.add(part.rate()));
        root.put("undisturbed_dispatch_lag_p99_ms", report.undisturbedLagMillis());
        root.put("seconds", rounded(report.seconds()));
        root.put("rounds", report.roundsSurvived());
        root.put("faults", report.faults().size());
        root.set("submitted", audit.path("submitted"));
        root.set("lost", broken(audit, "NOTHING_LOST"));
        root.set("duplicate_outcomes", broken(audit, "ONE_OUTCOME"));
        root.set("double_completions", broken(audit, "ONE_COMPLETION"));
        root.put("wasted_executions", sum(audit.path("wasted")));
        root.set("wasted", audit.path("wasted"));
        root.set("outcomes", audit.path("outcomes"));
        root.set("dead_letters", audit.path("dead_letters"));
        root.put("redispatched", report.redispatched());
        root.set("duplicate_starts", audit.path("repeated_commands"));
        root.put(
                "duplicate_starts_per_1000",
                perThousand(audit.path("repeated_commands"), audit.path("dispatched")));
        root.set(
                "recovery_s",
                recovery(report.recoverySeconds(kind -> kind.kills() && kind.stopsJob())));
        ObjectNode byFault = root.putObject("by_fault");
        for (FaultKind kind : FaultKind.values()) {
            byFault.set(kind.title(), kind(report, kind));
        }
        ObjectNode skipped = root.putObject("skipped");
        report.settings().skipped().forEach((kind, why) -> skipped.put(kind.title(), why));
        ArrayNode rounds = root.putArray("by_round");
        report.rounds().forEach(round -> rounds.add(round(round)));
        ArrayNode findings = root.putArray("findings");
        report.findings().forEach(findings::add);
        return root;
    }

    private static JsonNode broken(JsonNode audit, String promise) {
        return audit.path("broken").path(promise);
    }

    private static long sum(JsonNode counts) {
        long sum = 0;
        for (JsonNode count : counts) {
            sum += count.asLong();
        }
        return sum;
    }

    private static double perThousand(JsonNode some, JsonNode all) {
        return all.asLong() == 0 ? 0 : rounded(PER * some.asLong() / all.asLong());
    }

    private static double rounded(double value) {
        return Math.round(value * PER) / PER;
    }

    private static @Nullable Double roundedOrNull(@Nullable Double value) {
        return value == null ? null : Double.valueOf(rounded(value));
    }

    private static ObjectNode kind(ChaosReport report, FaultKind kind) {
        List<StruckFault> struck =
                report.faults().stream().filter(fault -> fault.planned().kind() == kind).toList();
        ObjectNode node = JSON.createObjectNode();
        node.put("faults", struck.size());
        node.set("recovery_s", recovery(report.recoverySeconds(kind::equals)));
        return node;
    }

    private static ObjectNode recovery(double[] seconds) {
        ObjectNode node = JSON.createObjectNode();
        node.put("measured", seconds.length);
        node.put("p50", roundedOrNull(ChaosReport.percentile(seconds, 50)));
        node.put("p99", roundedOrNull(ChaosReport.percentile(seconds, 99)));
        return node;
    }

    private static ObjectNode round(RoundResult round) {
        ObjectNode node = JSON.createObjectNode();
        node.put("round", round.number());
        ArrayNode faults = node.putArray("faults");
        round.faults().forEach(fault -> faults.add(fault.words()));
        node.set("submitted", round.audit().path("submitted"));
        node.put("findings", round.findings().size());
        return node;
    }
}
