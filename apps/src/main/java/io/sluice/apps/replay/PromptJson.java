package io.sluice.apps.replay;

import io.sluice.apps.trace.Message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/**
 * Prompts as they travel: the {@code messages} of a chat completion, a JSON array of objects of
 * role and content, in UTF-8.
 */
final class PromptJson {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final byte[] NOTHING = new byte[0];

    private PromptJson() {}

    /** The bytes of a prompt; none where the trace holds lengths only. */
    static byte[] of(List<Message> messages) {
        if (messages.isEmpty()) {
            return NOTHING;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartArray();
            for (Message message : messages) {
                json.writeStartObject();
                json.writeStringField("role", message.role().name().toLowerCase(Locale.ROOT));
                json.writeStringField("content", message.content());
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }
}
