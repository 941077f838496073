package io.sluice.apps.tail;

import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.DecodeException;
import io.sluice.schemas.JsonLines;
import io.sluice.schemas.Topic;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A record of a topic as one line of JSON: where and when it was written, its key, and its value.
 * Of a value that cannot be read the line has the error and the bytes instead. Raw bytes are text
 * if they are valid UTF-8, else base64 in an object of their own.
 */
final class RecordLine {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final @Nullable AvroCodec<? extends SpecificRecord> codec;

    RecordLine(Topic topic) {
        this.codec = topic.valueClass().<AvroCodec<?>>map(AvroCodec::of).orElse(null);
    }

    String of(ConsumerRecord<byte[], byte[]> record) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(line)) {
            json.writeStartObject();
            json.writeNumberField("partition", record.partition());
            json.writeNumberField("offset", record.offset());
            json.writeStringField("timestamp", Instant.ofEpochMilli(record.timestamp()).toString());
            json.writeFieldName("key");
            writeBytes(record.key(), json);
            writeValue(record.value(), json);
            json.writeEndObject();
        } catch (IOException exception) {
            throw new UncheckedIOException("writing to memory failed", exception);
        }
        return line.toString();
    }

    private void writeValue(byte @Nullable [] value, JsonGenerator json) throws IOException {
        if (codec == null || value == null) {
            json.writeFieldName("value");
            writeBytes(value, json);
            return;
        }
        try {
            String rendered = JsonLines.render(codec.decode(value));
            json.writeFieldName("value");
            json.writeRawValue(rendered);
        } catch (DecodeException exception) {
            json.writeStringField("error", exception.getMessage());
            json.writeStringField("reason", exception.reason().name());
            json.writeFieldName("bytes");
            writeBase64(value, json);
        }
    }

    private static void writeBytes(byte @Nullable [] bytes, JsonGenerator json) throws IOException {
        if (bytes == null) {
            json.writeNull();
            return;
        }
        try {
            json.writeString(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException notText) {
            writeBase64(bytes, json);
        }
    }

    private static void writeBase64(byte[] bytes, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeBinaryField(JsonLines.BASE64, bytes);
        json.writeEndObject();
    }
}
