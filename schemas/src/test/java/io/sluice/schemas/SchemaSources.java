package io.sluice.schemas;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The schemas as they stand in the source folder: what the next release would freeze. */
final class SchemaSources {
    private static final Path MODULE = Path.of(System.getProperty("basedir", "."));
    private static final Path FOLDER = MODULE.resolve("src/main/avro");

    /** What other records name, so it is read before them; as in the pom. */
    private static final List<String> PARTS = List.of("PayloadRef", "SloObjective", "BurnRate");

    private static final ObjectMapper JSON = new ObjectMapper();

    private SchemaSources() {}

    /** Where released schemas lie in the sources. */
    static Path historyFolder() {
        return MODULE.resolve("src/main/resources/history");
    }

    /** Classes of the records that travel alone: the values of the topics. */
    static List<Class<? extends SpecificRecord>> recordClasses() {
        return Stream.of(Topic.values()).map(Topic::valueClass).flatMap(Optional::stream).toList();
    }

    /** Names of the records that travel alone. */
    static List<String> records() {
        return recordClasses().stream().<String>map(Class::getSimpleName).toList();
    }

    /** The schema of a record as it is now. */
    static Schema current(String record) {
        Schema.Parser parser = new Schema.Parser();
        try {
            for (String part : PARTS) {
                parser.parse(FOLDER.resolve(part + ".avsc").toFile());
            }
            return parser.parse(FOLDER.resolve(record + ".avsc").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A schema without its doc strings, which may be bettered at any time. Avro's own equality
     * would not do: it overlooks the default of an enum.
     */
    static JsonNode contract(Schema schema) {
        try {
            JsonNode tree = JSON.readTree(schema.toString());
            dropDocs(tree);
            return tree;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Avro rendered a schema that is no JSON", e);
        }
    }

    private static void dropDocs(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove("doc");
        }
        node.forEach(SchemaSources::dropDocs);
    }
}
