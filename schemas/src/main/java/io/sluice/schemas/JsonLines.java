package io.sluice.schemas;

import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;

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
import java.util.Collection;
import java.util.Map;

/**
 * Records as lines of JSON for people: compact, in the order of the schema, without the fields that
 * are null. A timestamp is an ISO-8601 instant in UTC. Bytes are text if they are valid UTF-8, else
 * an object with the one field {@value #BASE64}. Not a wire form: it cannot be read back.
 */
public final class JsonLines {
    /** Name of the only field of the object that stands for bytes that are no text. */
    public static final String BASE64 = "$base64";

    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonLines() {}

    /**
     * One record as one line, without a line break.
     *
     * @param record a generated or a generic record
     * @throws IllegalArgumentException if the record does not follow its own schema
     */
    public static String render(IndexedRecord record) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(line)) {
            writeRecord(record, json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return line.toString();
    }

    private static void writeRecord(IndexedRecord record, JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            if (value != null) {
                json.writeFieldName(field.name());
                write(value, field.schema(), json);
            }
        }
        json.writeEndObject();
    }

    private static void write(@Nullable Object value, Schema schema, JsonGenerator json)
            throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof IndexedRecord record) {
            writeRecord(record, json);
        } else if (value instanceof Collection<?> items) {
            writeArray(items, branch(schema, Schema.Type.ARRAY).getElementType(), json);
        } else if (value instanceof Map<?, ?> entries) {
            writeMap(entries, branch(schema, Schema.Type.MAP).getValueType(), json);
        } else if (value instanceof ByteBuffer buffer) {
            writeBytes(buffer.duplicate(), json);
        } else if (value instanceof GenericFixed fixed) {
            writeBytes(ByteBuffer.wrap(fixed.bytes()), json);
        } else {
            writeScalar(value, schema, json);
        }
    }

    private static void writeArray(Collection<?> items, Schema itemSchema, JsonGenerator json)
            throws IOException {
        json.writeStartArray();
        for (Object item : items) {
            write(item, itemSchema, json);
        }
        json.writeEndArray();
    }

    private static void writeMap(Map<?, ?> entries, Schema valueSchema, JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            json.writeFieldName(entry.getKey().toString());
            write(entry.getValue(), valueSchema, json);
        }
        json.writeEndObject();
    }

    private static void writeBytes(ByteBuffer bytes, JsonGenerator json) throws IOException {
        try {
            json.writeString(
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString());
        } catch (CharacterCodingException notText) {
            byte[] raw = new byte[bytes.remaining()];
            bytes.get(raw);
            json.writeStartObject();
            json.writeBinaryField(BASE64, raw);
            json.writeEndObject();
        }
    }

    private static void writeScalar(Object value, Schema schema, JsonGenerator json)
            throws IOException {
        if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Integer number) {
            json.writeNumber(number);
        } else if (value instanceof Long number) {
            writeLong(number, branch(schema, Schema.Type.LONG), json);
        } else if (value instanceof Float number) {
            json.writeNumber(number);
        } else if (value instanceof Double number) {
            json.writeNumber(number);
        } else {
            // Text, symbols of enums, and instants: their text is what is wanted.
            json.writeString(value.toString());
        }
    }

    private static void writeLong(long number, Schema schema, JsonGenerator json)
            throws IOException {
        if (schema.getLogicalType() instanceof LogicalTypes.TimestampMillis) {
            json.writeString(Instant.ofEpochMilli(number).toString());
        } else {
            json.writeNumber(number);
        }
    }

    /** The schema itself, or the member of a union that has the type. */
    private static Schema branch(Schema schema, Schema.Type type) {
        if (schema.getType() == type) {
            return schema;
        }
        if (schema.isUnion()) {
            for (Schema member : schema.getTypes()) {
                if (member.getType() == type) {
                    return member;
                }
            }
        }
        throw new IllegalArgumentException(
                "value of type %s where the schema has %s".formatted(type, schema));
    }
}
