package io.sluice.jobs.io.sql;

import io.sluice.schemas.Topic;
import io.sluice.schemas.TopicPrefix;
import io.sluice.schemas.TopicStorage;

import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The tables of Flink SQL for all topics, from the catalogue of topics and the schemas. */
final class SqlTables {

    private static final String HEAD =
            """
            -- A table of Flink SQL for each topic. Rendered from the schemas by SqlTablesTest; change it there.
            --
            -- Every field of a record is a column of its name. Three more say where the record lies: appended_at (by the broker's clock, or
            -- for topics with times of creation the writer's), log_partition and log_offset. To use other brokers, or another prefix of topics, replace localhost:9092 and
            -- 'inference. everywhere. How to run it: docs/sql.md.

            """;

    private SqlTables() {}

    static String render() {
        StringBuilder sql = new StringBuilder(HEAD);
        for (Topic topic : Topic.values()) {
            sql.append(table(topic)).append('\n');
        }
        return sql.toString();
    }

    private static String table(Topic topic) {
        List<String> columns = new ArrayList<>();
        String format;
        if (topic.valueClass().isPresent()) {
            Class<? extends SpecificRecord> record = topic.valueClass().get();
            for (Schema.Field field : SpecificData.get().getSchema(record).getFields()) {
                columns.add("`%s` %s".formatted(field.name(), type(field.schema())));
            }
            format =
                    "'format' = '%s',\n  '%s.record' = '%s'"
                            .formatted(
                                    SluiceAvroFormat.IDENTIFIER,
                                    SluiceAvroFormat.IDENTIFIER,
                                    record.getSimpleName());
        } else {
            columns.add("`payload` BYTES");
            format = "'format' = 'raw'";
        }
        columns.add("`appended_at` TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL");
        columns.add("`log_partition` INT METADATA FROM 'partition' VIRTUAL");
        columns.add("`log_offset` BIGINT METADATA FROM 'offset' VIRTUAL");
        if (topic.storage().timestampType() == TopicStorage.TimestampType.LOG_APPEND_TIME) {
            columns.add("WATERMARK FOR `appended_at` AS `appended_at`");
        }
        return """
            CREATE TABLE `%s` (
              %s
            ) WITH (
              'connector' = 'kafka',
              'topic' = '%s',
              'properties.bootstrap.servers' = 'localhost:9092',
              'properties.isolation.level' = 'read_committed',
              'scan.startup.mode' = 'earliest-offset',
              %s
            );
            """
                .formatted(
                        name(topic),
                        String.join(",\n  ", columns),
                        topic.name(TopicPrefix.DEFAULT),
                        format);
    }

    /** The name of a topic's table: its own, with what SQL allows in names. */
    private static String name(Topic topic) {
        return topic.suffix().replace('-', '_');
    }

    private static String type(Schema schema) {
        return switch (schema.getType()) {
            case UNION ->
                    type(
                            schema.getTypes().stream()
                                    .filter(type -> type.getType() != Schema.Type.NULL)
                                    .findFirst()
                                    .orElseThrow());
            case STRING, ENUM -> "STRING";
            case INT -> "INT";
            case LONG ->
                    schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
                            ? "TIMESTAMP_LTZ(3)"
                            : "BIGINT";
            case FLOAT -> "FLOAT";
            case DOUBLE -> "DOUBLE";
            case BOOLEAN -> "BOOLEAN";
            case BYTES -> "BYTES";
            case ARRAY -> "ARRAY<%s>".formatted(type(schema.getElementType()));
            case MAP -> "MAP<STRING, %s>".formatted(type(schema.getValueType()));
            case RECORD ->
                    schema.getFields().stream()
                            .map(field -> "`%s` %s".formatted(field.name(), type(field.schema())))
                            .collect(Collectors.joining(", ", "ROW<", ">"));
            case FIXED, NULL -> throw new IllegalArgumentException("no column for " + schema);
        };
    }
}
