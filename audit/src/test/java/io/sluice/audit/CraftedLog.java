package io.sluice.audit;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/** Topics that a test writes, record by record, as one installation would. */
final class CraftedLog {

    private static final Map<String, Schema> SCHEMAS = new HashMap<>();

    private final Audit audit;
    private final Map<String, Long> ends = new HashMap<>();

    CraftedLog(AuditSettings settings) {
        audit = new Audit(settings);
    }

    /** A record of a topic with some fields; the rest is as the schema has it, or nothing. */
    static GenericRecord record(String topic, Map<String, ?> fields) {
        Schema schema =
                SCHEMAS.computeIfAbsent(
                        topic, name -> Schemas.newest(AuditedTopics.RECORDS.get(name)));
        GenericRecordBuilder builder = new GenericRecordBuilder(schema);
        for (Schema.Field field : schema.getFields()) {
            Object value = fields.get(field.name());
            if (value != null) {
                builder.set(field, of(field.schema(), value));
            } else if (field.defaultVal() == null) {
                builder.set(field, nothing(field.schema()));
            }
        }
        return builder.build();
    }

    private static Object of(Schema schema, Object value) {
        return schema.getType() == Schema.Type.ENUM
                ? new GenericData.EnumSymbol(schema, value)
                : value;
    }

    private static Object nothing(Schema schema) {
        return switch (schema.getType()) {
            case STRING -> "";
            case LONG -> 0L;
            case INT -> 0;
            case BOOLEAN -> false;
            case ENUM -> new GenericData.EnumSymbol(schema, schema.getEnumSymbols().get(0));
            default -> throw new IllegalArgumentException("a test must set " + schema);
        };
    }

    CraftedLog write(String topic, int partition, long atMillis, Map<String, ?> fields) {
        return write(topic, partition, atMillis, record(topic, fields));
    }

    CraftedLog unreadable(String topic, int partition, long atMillis) {
        return write(topic, partition, atMillis, (GenericRecord) null);
    }

    private CraftedLog write(
            String topic, int partition, long atMillis, @Nullable GenericRecord value) {
        long offset = ends.merge(topic + partition, 1L, Long::sum) - 1;
        audit.read(new LogEntry(topic, partition, offset, atMillis, value));
        return this;
    }

    CraftedLog submit(String id, long atMillis) {
        return write("requests", 0, atMillis, Map.of("request_id", id, "fairness_id", "acme"));
    }

    CraftedLog end(String id, String outcome, int attempt, String instance) {
        return write(
                "outcomes",
                0,
                9_000,
                Map.of(
                        "request_id",
                        id,
                        "fairness_id",
                        "acme",
                        "outcome",
                        outcome,
                        "attempt",
                        attempt,
                        "instance_id",
                        instance));
    }

    /** What a worker says of itself, in the partition of that number. */
    CraftedLog says(int worker, String type, long incarnation, long atMillis, boolean draining) {
        return write(
                "worker-events",
                worker,
                atMillis,
                Map.of(
                        "type",
                        type,
                        "instance_id",
                        "gpu-" + worker,
                        "incarnation",
                        incarnation,
                        "draining",
                        draining));
    }

    /** What a worker says of a run. */
    CraftedLog run(
            int worker, String type, long incarnation, long seq, String id, int attempt, long at) {
        return write(
                "worker-events",
                worker,
                at,
                Map.of(
                        "type",
                        type,
                        "instance_id",
                        "gpu-" + worker,
                        "incarnation",
                        incarnation,
                        "seq",
                        seq,
                        "request_id",
                        id,
                        "fairness_id",
                        "acme",
                        "attempt",
                        attempt));
    }

    AuditReport report() {
        return audit.report();
    }
}
