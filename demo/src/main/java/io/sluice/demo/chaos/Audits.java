package io.sluice.demo.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;

/** What audits of several clusters come to: numbers are added up, lists are put together. */
final class Audits {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Audits() {}

    /** Nothing if there is no audit. */
    static JsonNode sum(List<JsonNode> audits) {
        return audits.stream()
                .filter(audit -> !audit.isMissingNode())
                .reduce(Audits::sum)
                .orElse(MissingNode.getInstance());
    }

    /** Whether promises were kept is true if both say so. */
    private static JsonNode sum(JsonNode one, JsonNode other) {
        if (one.isObject() && other.isObject()) {
            ObjectNode all = one.deepCopy();
            other.fields()
                    .forEachRemaining(
                            field -> {
                                JsonNode mine = all.path(field.getKey());
                                all.set(
                                        field.getKey(),
                                        mine.isMissingNode()
                                                ? field.getValue()
                                                : sum(mine, field.getValue()));
                            });
            return all;
        }
        if (one.isArray() && other.isArray()) {
            ArrayNode all = one.deepCopy();
            return all.addAll((ArrayNode) other);
        }
        if (one.isNumber() && other.isNumber()) {
            return NODES.numberNode(one.asLong() + other.asLong());
        }
        return one.isBoolean() ? NODES.booleanNode(one.asBoolean() && other.asBoolean()) : one;
    }
}
