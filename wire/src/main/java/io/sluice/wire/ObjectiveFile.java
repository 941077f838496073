package io.sluice.wire;

import io.sluice.core.slo.SloObjective;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A file of objectives: a JSON array of objects whose keys are the fields of the record {@code
 * SloObjective}, with the period as text, such as {@code "30d"}. Comments are allowed. JSON,
 * because what reads it comes with Avro and reports lines.
 *
 * <pre>
 * [
 *   // Nine in ten chats see their first token within a second.
 *   {"id": "chat-ttft", "model": "llama-8b", "indicator": "TTFT", "threshold_ms": 1000,
 *    "target": 0.9, "period": "30d", "per": "TENANT"}
 * ]
 * </pre>
 */
public final class ObjectiveFile {

    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS).build();

    private final String name;
    private final JsonParser parser;

    private ObjectiveFile(String name, JsonParser parser) {
        this.name = name;
        this.parser = parser;
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if what it says makes no sense, with the line, the key and
     *     what is allowed
     */
    public static List<SloObjective> read(Path file) throws IOException {
        return parse(file.toString(), Files.readString(file));
    }

    /**
     * Reads the content of a file.
     *
     * @param name how errors call it
     * @throws IllegalArgumentException as {@link #read}
     */
    public static List<SloObjective> parse(String name, String content) {
        try (JsonParser parser = JSON.createParser(content)) {
            return new ObjectiveFile(name, parser).objectives();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "%s, line %d: %s"
                            .formatted(name, e.getLocation().getLineNr(), e.getOriginalMessage()),
                    e);
        } catch (IOException e) {
            throw new IllegalArgumentException(name + " cannot be read: " + e.getMessage(), e);
        }
    }

    private List<SloObjective> objectives() throws IOException {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            throw wrong("the file must be an array of objectives, [{...}, ...]");
        }
        List<SloObjective> objectives = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            SloObjective objective = objective();
            if (!ids.add(objective.id())) {
                throw wrong("id '%s' is used twice".formatted(objective.id()));
            }
            objectives.add(objective);
        }
        if (parser.nextToken() != null) {
            throw wrong("there is more after the array of objectives");
        }
        return objectives;
    }

    private SloObjective objective() throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw wrong("an objective must be an object, {...}");
        }
        int line = line();
        ObjectiveFields fields = new ObjectiveFields();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            try {
                fields.set(key, parser);
            } catch (IllegalArgumentException e) {
                throw wrong(String.valueOf(e.getMessage()));
            }
        }
        try {
            return fields.objective();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "%s, the objective of line %d: %s".formatted(name, line, e.getMessage()), e);
        }
    }

    private IllegalArgumentException wrong(String message) {
        return new IllegalArgumentException("%s, line %d: %s".formatted(name, line(), message));
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }
}
