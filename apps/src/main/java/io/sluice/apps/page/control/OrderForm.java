package io.sluice.apps.page.control;

import io.sluice.apps.order.Issue;
import io.sluice.apps.order.Order;
import io.sluice.apps.order.PolicyNames;
import io.sluice.apps.order.WrongOrder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a browser sends to give an order: an object of texts, one of them the action. */
final class OrderForm {

    static final List<String> POLICIES =
            List.of("ordering", "fairness", "admission", "preemption", "batching", "routing");

    private static final int LONGEST_REASON = 1_000;
    private static final String REASON = "reason";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<String, List<String>> FIELDS =
            Map.of(
                    "drain", List.of("instance"),
                    "undrain", List.of("instance"),
                    "cancel", List.of("request", "tenant"),
                    "policy", POLICIES);

    private final String action;
    private final Map<String, String> fields;

    private OrderForm(String action, Map<String, String> fields) {
        this.action = action;
        this.fields = fields;
    }

    /**
     * Reads one.
     *
     * @throws WrongOrder if it is none, naming the field
     */
    static OrderForm read(String body) {
        Map<String, String> fields = texts(body);
        String action = fields.remove("action");
        List<String> known = action == null ? null : FIELDS.get(action);
        if (action == null || known == null) {
            throw new WrongOrder("action", "must be one of drain, undrain, cancel, policy");
        }
        for (String field : fields.keySet()) {
            if (!known.contains(field) && !field.equals(REASON)) {
                throw new WrongOrder(field, "is no field of " + action);
            }
        }
        String reason = fields.getOrDefault(REASON, "");
        if (reason.length() > LONGEST_REASON) {
            throw new WrongOrder(
                    REASON,
                    "has %d characters, may have %d".formatted(reason.length(), LONGEST_REASON));
        }
        return new OrderForm(action, fields);
    }

    /** The texts by name; those that are blank count as absent. */
    private static Map<String, String> texts(String body) {
        JsonNode node;
        try {
            node = JSON.readTree(body);
        } catch (JsonProcessingException exception) {
            throw new WrongOrder("body", "is no JSON: " + exception.getOriginalMessage());
        }
        if (node == null || !node.isObject()) {
            throw new WrongOrder("body", "must be a JSON object");
        }
        Map<String, String> texts = new HashMap<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!field.getValue().isTextual()) {
                throw new WrongOrder(field.getKey(), "must be a text");
            }
            if (!field.getValue().textValue().isBlank()) {
                texts.put(field.getKey(), field.getValue().textValue().strip());
            }
        }
        return texts;
    }

    /**
     * The order.
     *
     * @throws WrongOrder if it makes no sense
     */
    Order order(Instant now, String by) {
        Issue issue = new Issue(now, by, field(REASON));
        return switch (action) {
            case "drain" -> Order.drain(text("instance"), issue);
            case "undrain" -> Order.undrain(text("instance"), issue);
            case "cancel" -> Order.cancel(text("tenant"), text("request"), issue);
            default -> Order.policies(PolicyNames.of(fields), issue);
        };
    }

    /** What is ordered, in words; holds what the browser sent, as it sent it. */
    String words() {
        return switch (action) {
            case "drain" -> "drain " + text("instance");
            case "undrain" -> "have %s take work again".formatted(text("instance"));
            case "cancel" ->
                    "cancel request %s of tenant %s"
                            .formatted(
                                    text("request"),
                                    fields.getOrDefault("tenant", Order.DEFAULT_TENANT));
            default -> "policies " + String.join(", ", policies());
        };
    }

    private List<String> policies() {
        List<String> named = new ArrayList<>();
        for (String kind : POLICIES) {
            String name = fields.get(kind);
            if (name != null) {
                named.add(kind + " " + name);
            }
        }
        return named;
    }

    private String text(String name) {
        return fields.getOrDefault(name, "");
    }

    private @Nullable String field(String name) {
        return fields.get(name);
    }
}
