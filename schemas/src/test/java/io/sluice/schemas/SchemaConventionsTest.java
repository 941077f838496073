package io.sluice.schemas;

import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** What every schema keeps to, so that it can evolve and be read by people. */
class SchemaConventionsTest {
    private final List<Schema> records = named(Schema.Type.RECORD);
    private final List<Schema> enums = named(Schema.Type.ENUM);

    @Test
    void everythingHasADoc() {
        assertThat(records)
                .hasSizeGreaterThan(10)
                .allSatisfy(r -> assertThat(r.getDoc()).isNotBlank());
        assertThat(enums)
                .hasSizeGreaterThan(5)
                .allSatisfy(e -> assertThat(e.getDoc()).isNotBlank());
        assertThat(fields()).allSatisfy(f -> assertThat(f.doc()).isNotBlank());
    }

    @Test
    void fieldsAreInSnakeCase() {
        assertThat(fields())
                .allSatisfy(f -> assertThat(f.name()).matches("[a-z][a-z0-9]*(_[a-z0-9]+)*"));
    }

    @Test
    void durationsSayTheirUnit() {
        assertThat(fields().stream().filter(f -> f.name().contains("_ms")))
                .hasSizeGreaterThan(30)
                .allSatisfy(f -> assertThat(f.doc().toLowerCase()).contains("millisecond"));
    }

    @Test
    void prioritiesSayTheirPolarity() {
        assertThat(fields().stream().filter(f -> f.name().equals("priority")))
                .hasSizeGreaterThan(5)
                .allSatisfy(f -> assertThat(f.doc()).contains("Higher is more important"));
    }

    @Test
    void unionsAreOptionalFieldsThatDefaultToNull() {
        assertThat(fields().stream().filter(f -> f.schema().isUnion()))
                .hasSizeGreaterThan(50)
                .allSatisfy(
                        f -> {
                            assertThat(f.schema().getTypes()).hasSize(2);
                            assertThat(f.schema().getTypes().get(0).getType())
                                    .isEqualTo(Schema.Type.NULL);
                            assertThat(f.defaultVal()).isEqualTo(JsonProperties.NULL_VALUE);
                        });
    }

    @Test
    void enumsCanGrowExceptTheClosedSetOfOutcomes() {
        assertThat(enums)
                .allSatisfy(
                        e ->
                                assertThat(e.getEnumDefault())
                                        .isEqualTo(
                                                e.getName().equals("Outcome") ? null : "UNKNOWN"));
    }

    private List<Schema.Field> fields() {
        List<Schema.Field> fields = new ArrayList<>();
        records.forEach(record -> fields.addAll(record.getFields()));
        return fields;
    }

    private static List<Schema> named(Schema.Type type) {
        Set<Schema> seen = new LinkedHashSet<>();
        Deque<Schema> open = new ArrayDeque<>();
        SchemaSources.records().forEach(record -> open.add(SchemaSources.current(record)));
        while (!open.isEmpty()) {
            Schema schema = open.remove();
            if (seen.add(schema)) {
                open.addAll(parts(schema));
            }
        }
        return seen.stream().filter(schema -> schema.getType() == type).toList();
    }

    private static List<Schema> parts(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> schema.getFields().stream().map(Schema.Field::schema).toList();
            case UNION -> schema.getTypes();
            case ARRAY -> List.of(schema.getElementType());
            case MAP -> List.of(schema.getValueType());
            default -> List.of();
        };
    }
}
