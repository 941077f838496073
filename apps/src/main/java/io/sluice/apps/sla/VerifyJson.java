package io.sluice.apps.sla;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Instant;

/** A result for programs. */
final class VerifyJson {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private VerifyJson() {}

    static String text(VerifyResult result) {
        ObjectNode root = JSON.createObjectNode();
        root.put("from", Instant.ofEpochMilli(result.range().fromMillis()).toString());
        root.put("to", Instant.ofEpochMilli(result.range().toMillis()).toString());
        root.put("as_promised", result.isGood());
        root.put("stated_error", WindowComparison.STATED_ERROR);
        outcomes(root.putObject("outcomes"), result.outcomes());
        root.put("windows_compared", result.compared());
        root.put("windows_differing", result.findings(Finding.Kind.DIFFERS));
        root.put("windows_missing", result.findings(Finding.Kind.MISSING));
        root.put("windows_surplus", result.findings(Finding.Kind.SURPLUS));
        root.put("windows_not_final", result.windows().open());
        root.put("windows_in_sum_only", result.windows().inSum());
        objectives(root.putObject("objectives"), result.objectives());
        rows(root.putArray("largest_differences"), result);
        ArrayNode findings = root.putArray("findings");
        for (Finding finding : result.findings()) {
            findings.addObject()
                    .put("kind", finding.kind().name())
                    .put("window", finding.window())
                    .put("detail", finding.detail());
        }
        try {
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException exception) {
            throw new IllegalStateException("a tree of numbers is always JSON", exception);
        }
    }

    private static void outcomes(ObjectNode node, OutcomeLog.Tally outcomes) {
        node.put("counted", outcomes.counted());
        node.put("repeated", outcomes.repeated());
        node.put("late", outcomes.late());
        node.put("unreadable", outcomes.unreadable());
        node.put("topic_incomplete", outcomes.incomplete());
    }

    private static void objectives(ObjectNode node, SloVerification.Result objectives) {
        node.put("series", objectives.series());
        node.put("windows_compared", objectives.windows());
        node.put("windows_differing", objectives.findings().size());
        node.put("windows_not_final", objectives.open());
        node.put("windows_not_comparable", objectives.tooLong());
        node.put("series_shared", objectives.shared());
    }

    private static void rows(ArrayNode rows, VerifyResult result) {
        for (Differences.Row row : result.windows().differences().rows()) {
            ObjectNode node = rows.addObject();
            node.put("window_ms", row.lengthMillis());
            node.put("measure", row.measure());
            node.put("windows", result.windows().compared().getOrDefault(row.lengthMillis(), 0L));
            for (Statistic statistic : Statistic.values()) {
                result.windows()
                        .differences()
                        .largest(row, statistic)
                        .ifPresent(value -> node.put(statistic.label(), value));
            }
        }
    }
}
