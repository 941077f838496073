package io.sluice.schemas;

import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;

import java.util.List;
import java.util.stream.Stream;

/**
 * FULL_TRANSITIVE compatibility: a schema reads what any earlier version wrote, and any earlier
 * version reads what it writes. Checked with Avro's {@link SchemaCompatibility}, because the mutual
 * reading of {@code SchemaValidatorBuilder} overlooks symbols that an enum without a default does
 * not know.
 */
final class Compatibility {
    private Compatibility() {}

    /** What is incompatible between a schema and the versions before it; empty if nothing is. */
    static List<String> problems(Schema current, List<Schema> earlier) {
        return earlier.stream()
                .flatMap(
                        old ->
                                Stream.of(
                                        SchemaCompatibility.checkReaderWriterCompatibility(
                                                current, old),
                                        SchemaCompatibility.checkReaderWriterCompatibility(
                                                old, current)))
                .filter(pair -> pair.getType() != SchemaCompatibilityType.COMPATIBLE)
                .map(Compatibility::describe)
                .toList();
    }

    private static String describe(SchemaPairCompatibility pair) {
        return "%s: %s"
                .formatted(
                        pair.getReader().getFullName(),
                        pair.getResult().getIncompatibilities().stream()
                                .map(
                                        i ->
                                                i.getType()
                                                        + " at "
                                                        + i.getLocation()
                                                        + " "
                                                        + i.getMessage())
                                .toList());
    }
}
