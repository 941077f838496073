package io.sluice.schemas;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tells Avro that the generated records may be made from bytes. Since 1.12.2 Avro makes no class it
 * was not told to trust, which is right: the name of a class may come out of a foreign schema. Its
 * list is one per virtual machine; this adds the records of this package by name to whatever is
 * trusted already.
 *
 * <p>{@link WriterSchemas} and {@link AvroCodec} see to it. Only who copies records through {@code
 * newBuilder(record)} or reads them with Avro alone has to call {@link #register} first.
 */
public final class TrustedRecords {
    private TrustedRecords() {}

    /** Adds the records to what Avro trusts; does nothing where they are trusted. */
    public static synchronized void register() {
        ClassSecurityPredicate before = ClassSecurityValidator.getGlobal();
        if (Stream.of(Topic.values())
                .flatMap(topic -> topic.valueClass().stream())
                .allMatch(before::isTrusted)) {
            return;
        }
        // Avro's own set of names, not a predicate of ours: it outlives our class loader.
        ClassSecurityValidator.Builder records = ClassSecurityValidator.builder();
        names().forEach(records::add);
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(before, records.build()));
    }

    /** Names of the classes of all records and enums that can occur in a topic. */
    private static List<String> names() {
        Deque<Schema> open = new ArrayDeque<>();
        for (Topic topic : Topic.values()) {
            topic.valueClass().map(SpecificData.get()::getSchema).ifPresent(open::add);
        }
        Set<Schema> seen = new HashSet<>();
        while (!open.isEmpty()) {
            Schema schema = open.remove();
            if (seen.add(schema)) {
                open.addAll(parts(schema));
            }
        }
        return seen.stream()
                .filter(schema -> isNamed(schema.getType()))
                .map(SpecificData::getClassName)
                .toList();
    }

    private static boolean isNamed(Schema.Type type) {
        return type == Schema.Type.RECORD || type == Schema.Type.ENUM;
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
