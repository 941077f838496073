package io.sluice.schemas;

import org.apache.avro.Schema;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class CompatibilityTest {
    private static final String FIELDS =
            """
            {"name": "id", "type": "string"},
            {"name": "size", "type": "int", "default": 0},
            {"name": "kind", "type": {"type": "enum", "name": "K", "symbols": ["U", "A"], "default": "U"}},
            {"name": "end", "type": {"type": "enum", "name": "E", "symbols": ["X"]}}\
            """;

    private static final Schema RELEASED = record(FIELDS);

    @ParameterizedTest
    @ValueSource(
            strings = {
                ", {\"name\": \"more\", \"type\": [\"null\", \"string\"], \"default\": null}",
                ", {\"name\": \"more\", \"type\": \"long\", \"default\": 1}",
                ""
            })
    void acceptsAFieldWithADefault(String added) {
        assertThat(Compatibility.problems(record(FIELDS + added), List.of(RELEASED))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"U\", \"A\", \"B\"", "\"U\""})
    void acceptsOtherSymbolsWhereTheEnumHasADefault(String symbols) {
        Schema changed = record(FIELDS.replace("\"U\", \"A\"", symbols));
        assertThat(Compatibility.problems(changed, List.of(RELEASED))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\": \"more\", \"type\": \"long\"}",
                "{\"name\": \"more\", \"type\": [\"null\", \"string\"]}"
            })
    void refusesANewFieldWithoutADefault(String added) {
        Schema changed = record(FIELDS + ", " + added);
        assertThat(Compatibility.problems(changed, List.of(RELEASED)))
                .singleElement()
                .asString()
                .contains("READER_FIELD_MISSING_DEFAULT_VALUE", "more");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"name\": \"id\"", "\"type\": \"int\"", "[\"X\"]"})
    void refusesARenamedFieldAWiderTypeAndANewSymbolWithoutADefault(String old) {
        String changed =
                switch (old) {
                    case "\"name\": \"id\"" -> "\"name\": \"key\"";
                    case "\"type\": \"int\"" -> "\"type\": \"long\"";
                    default -> "[\"X\", \"Y\"]";
                };
        assertThat(FIELDS).contains(old);
        Schema schema = record(FIELDS.replace(old, changed));
        assertThat(Compatibility.problems(schema, List.of(RELEASED))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void looksAtEveryEarlierVersionNotOnlyTheNewest(int position) {
        Schema incompatible =
                record(FIELDS.replace("\"int\", \"default\": 0", "\"string\", \"default\": \"\""));
        Schema newer = record(FIELDS);
        List<Schema> earlier =
                position == 0 ? List.of(incompatible, newer) : List.of(newer, incompatible);
        assertThat(Compatibility.problems(RELEASED, earlier)).isNotEmpty();
    }

    private static Schema record(String fields) {
        return new Schema.Parser()
                .parse("{\"type\": \"record\", \"name\": \"R\", \"fields\": [" + fields + "]}");
    }
}
