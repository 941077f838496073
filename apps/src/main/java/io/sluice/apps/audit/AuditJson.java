package io.sluice.apps.audit;

import io.sluice.audit.AuditReport;
import io.sluice.audit.Finding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.TreeMap;

/** A report for programs. */
final class AuditJson {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private AuditJson() {}

    static String text(AuditReport report) {
        ObjectNode root = JSON.createObjectNode();
        root.put("kept", report.findings().isEmpty());
        root.put("submitted", report.outcomes().submitted());
        root.put("repeated_submissions", report.outcomes().repeatedSubmissions());
        root.set("outcomes", JSON.valueToTree(new TreeMap<>(report.outcomes().outcomes())));
        root.put("open", report.outcomes().open());
        root.put("outcomes_written_again", report.outcomes().writtenAgain());
        root.put("dead_letters", report.outcomes().deadLetters());
        root.put("dispatched", report.runs().dispatched());
        root.put("repeated_commands", report.runs().repeatedCommands());
        root.put("accepted", report.runs().accepted());
        root.put("completed", report.runs().completed());
        root.set("wasted", JSON.valueToTree(new TreeMap<>(report.runs().wasted())));
        root.put("compared_pairs", report.comparedPairs());
        ObjectNode broken = root.putObject("broken");
        for (Finding.Promise promise : Finding.Promise.values()) {
            broken.put(promise.name(), report.broken(promise));
        }
        ArrayNode findings = root.putArray("findings");
        report.findings()
                .forEach(
                        finding ->
                                findings.addObject()
                                        .put("promise", finding.promise().name())
                                        .put("what", finding.what()));
        try {
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException exception) {
            throw new IllegalStateException("a tree of numbers is always JSON", exception);
        }
    }
}
