package io.sluice.apps.calibrate;

import io.sluice.apps.cli.CommandException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What {@code meta.json} says of a measured run. Every field may be missing; settings of the engine
 * stand under {@code engine_kwargs}, or at the top.
 */
final class RunMeta {
    private final JsonNode root;

    private RunMeta(JsonNode root) {
        this.root = root;
    }

    /**
     * Reads the file, if there is one.
     *
     * @throws CommandException if it is not JSON
     */
    static RunMeta read(Optional<Path> file) {
        if (file.isEmpty()) {
            return new RunMeta(MissingNode.getInstance());
        }
        try {
            return new RunMeta(new ObjectMapper().readTree(Files.readString(file.get())));
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new CommandException("cannot read %s: %s".formatted(file.get(), reason), e);
        }
    }

    /** A whole number above 0. */
    OptionalInt number(String field) {
        JsonNode value = find(field);
        return value.canConvertToInt() && value.asInt() > 0
                ? OptionalInt.of(value.asInt())
                : OptionalInt.empty();
    }

    /** A text. */
    Optional<String> text(String field) {
        JsonNode value = find(field);
        return value.isTextual() && !value.asText().isBlank()
                ? Optional.of(value.asText())
                : Optional.empty();
    }

    /** Whether something is on; empty if it does not say. */
    Optional<Boolean> flag(String field) {
        JsonNode value = find(field);
        return value.isBoolean() ? Optional.of(value.asBoolean()) : Optional.empty();
    }

    /** When the run started, in Unix seconds. */
    OptionalDouble startedAt() {
        try {
            Instant at = Instant.parse(find("started_at").asText());
            return OptionalDouble.of(at.getEpochSecond() + at.getNano() * 1e-9);
        } catch (DateTimeParseException e) {
            return OptionalDouble.empty();
        }
    }

    private JsonNode find(String field) {
        JsonNode setting = root.path("engine_kwargs").path(field);
        return setting.isMissingNode() || setting.isNull() ? root.path(field) : setting;
    }
}
