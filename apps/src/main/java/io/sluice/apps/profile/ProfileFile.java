package io.sluice.apps.profile;

import io.sluice.sim.engine.BatchingRules;
import io.sluice.sim.engine.EngineLimits;
import io.sluice.sim.engine.EngineProfile;
import io.sluice.sim.engine.KvTransfer;
import io.sluice.sim.engine.LinearStepCost;
import io.sluice.sim.engine.PrefillMode;
import io.sluice.sim.engine.SlowestMemberStepCost;
import io.sluice.sim.engine.StepCost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Reads and writes an engine profile as JSON. */
public final class ProfileFile {
    private static final String FORMAT = "sluice-engine-profile";
    private static final int VERSION = 1;
    private static final double PICOS = 1e-12;
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ProfileFile() {}

    /**
     * Writes a profile.
     *
     * @param origin where its numbers come from, for people and later tools; not read back
     * @throws UncheckedIOException if the file cannot be written
     */
    public static void write(Path file, EngineProfile profile, ObjectNode origin) {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", FORMAT).put("version", VERSION);
        root.put("name", profile.name());
        root.put("model", profile.model());
        root.put("hardware", profile.hardware());
        root.set("step_cost", costNode(profile.cost()));
        EngineLimits limits = profile.limits();
        root.putObject("limits")
                .put("max_sequences", limits.maxSequences())
                .put("max_batched_tokens", limits.maxBatchedTokens())
                .put("block_tokens", limits.blockTokens())
                .put("kv_blocks", limits.kvBlocks())
                .put("max_context_tokens", limits.maxContextTokens());
        BatchingRules rules = profile.rules();
        root.putObject("rules")
                .put("prefill", rules.prefillMode().name().toLowerCase(Locale.ROOT))
                .put("prefix_cache", rules.prefixCache())
                .put("look_ahead_steps", rules.lookAheadSteps())
                .put("prompt_gives_token", rules.promptGivesToken())
                .put("last_prompt_only", rules.lastPromptOnly());
        root.putObject("kv_transfer")
                .put("save_token_s", profile.transfer().savePicos() * PICOS)
                .put("load_token_s", profile.transfer().loadPicos() * PICOS);
        root.set("origin", origin);
        try {
            Files.writeString(file, JSON.writeValueAsString(root) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write engine profile %s".formatted(file), e);
        }
    }

    private static ObjectNode costNode(StepCost cost) {
        ObjectNode node = JSON.createObjectNode();
        if (cost instanceof LinearStepCost linear) {
            return node.put("form", "linear")
                    .put("step_s", linear.stepPicos() * PICOS)
                    .put("prefill_token_s", linear.prefillTokenPicos() * PICOS)
                    .put("decode_s", linear.decodePicos() * PICOS)
                    .put("context_token_s", linear.contextTokenPicos() * PICOS)
                    .put("mixed_context_token_s", linear.mixedContextTokenPicos() * PICOS)
                    .put("mixed_step_s", linear.mixedStepPicos() * PICOS);
        }
        SlowestMemberStepCost slowest = (SlowestMemberStepCost) cost;
        return node.put("form", "slowest-member")
                .put("decode_s", slowest.decodePicos() * PICOS)
                .put("context_token_s", slowest.contextTokenPicos() * PICOS)
                .put("prefill_token_s", slowest.prefillTokenSeconds())
                .put("prefill_square_s", slowest.prefillSquareSeconds());
    }

    /**
     * Reads a profile.
     *
     * @throws IllegalArgumentException if the file is not a profile; the message names the file and
     *     what is wrong in it
     */
    public static EngineProfile read(Path file) {
        try {
            return profile(JSON.readTree(Files.readString(file)));
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "engine profile %s cannot be used: %s".formatted(file, firstLine(e)), e);
        }
    }

    private static EngineProfile profile(JsonNode root) {
        if (!FORMAT.equals(root.path("format").asText())
                || root.path("version").asInt() != VERSION) {
            throw new IllegalArgumentException(
                    "it does not say \"format\": \"%s\" and \"version\": %d"
                            .formatted(FORMAT, VERSION));
        }
        JsonNode limits = root.path("limits");
        JsonNode rules = root.path("rules");
        return new EngineProfile(
                text(root, "name"),
                text(root, "model"),
                text(root, "hardware"),
                cost(root.path("step_cost")),
                new EngineLimits(
                        whole(limits, "max_sequences"),
                        whole(limits, "max_batched_tokens"),
                        whole(limits, "block_tokens"),
                        whole(limits, "kv_blocks"),
                        whole(limits, "max_context_tokens")),
                new BatchingRules(
                        prefillMode(text(rules, "prefill")),
                        flag(rules, "prefix_cache"),
                        whole(rules, "look_ahead_steps"),
                        rules.path("prompt_gives_token").asBoolean(true),
                        rules.path("last_prompt_only").asBoolean(false)),
                transfer(root.path("kv_transfer")));
    }

    /** A file may leave it out: then keys and values are never copied. */
    private static KvTransfer transfer(JsonNode node) {
        return node.isMissingNode()
                ? new KvTransfer(0, 0)
                : new KvTransfer(
                        Math.round(seconds(node, "save_token_s") / PICOS),
                        Math.round(seconds(node, "load_token_s") / PICOS));
    }

    private static StepCost cost(JsonNode node) {
        String form = text(node, "form");
        return switch (form) {
            case "linear" ->
                    LinearStepCost.ofStep(seconds(node, "step_s"))
                            .withPrefillToken(seconds(node, "prefill_token_s"))
                            .withDecode(seconds(node, "decode_s"))
                            .withContextToken(seconds(node, "context_token_s"))
                            .withMixedContextToken(seconds(node, "mixed_context_token_s"))
                            .withMixedStep(seconds(node, "mixed_step_s"));
            case "slowest-member" ->
                    SlowestMemberStepCost.ofSeconds(
                            seconds(node, "context_token_s"),
                            seconds(node, "decode_s"),
                            seconds(node, "prefill_square_s"),
                            seconds(node, "prefill_token_s"));
            default ->
                    throw new IllegalArgumentException(
                            "step_cost.form is \"%s\", must be linear or slowest-member"
                                    .formatted(form));
        };
    }

    private static PrefillMode prefillMode(String text) {
        for (PrefillMode mode : PrefillMode.values()) {
            if (mode.name().equalsIgnoreCase(text)) {
                return mode;
            }
        }
        throw new IllegalArgumentException(
                "rules.prefill is \"%s\", must be chunked or whole".formatted(text));
    }

    private static String text(JsonNode node, String field) {
        return require(node, field, node.path(field).isTextual(), "a text").asText();
    }

    private static int whole(JsonNode node, String field) {
        return require(node, field, node.path(field).canConvertToInt(), "a whole number").asInt();
    }

    private static boolean flag(JsonNode node, String field) {
        return require(node, field, node.path(field).isBoolean(), "true or false").asBoolean();
    }

    private static double seconds(JsonNode node, String field) {
        return require(node, field, node.path(field).isNumber(), "a number").asDouble();
    }

    private static JsonNode require(JsonNode node, String field, boolean valid, String what) {
        if (!valid) {
            throw new IllegalArgumentException(
                    "%s is %s, must be %s"
                            .formatted(
                                    field,
                                    node.has(field) ? node.get(field).toString() : "missing",
                                    what));
        }
        return node.get(field);
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
    }
}
