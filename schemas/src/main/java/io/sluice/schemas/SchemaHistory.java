package io.sluice.schemas;

import org.apache.avro.Schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every version of every record's schema that was ever released, as shipped in this jar.
 *
 * <p>The resource {@code history/index.txt} names one {@code Record/n.avsc} a line, since a class
 * path cannot be listed. Versions count from 1 and are never changed or removed. Immutable and safe
 * for use by several threads.
 */
public final class SchemaHistory {
    private static final String INDEX = "index.txt";
    private static final String SUFFIX = ".avsc";

    private final Map<String, List<Schema>> versions;

    private SchemaHistory(Map<String, List<Schema>> versions) {
        this.versions = versions;
    }

    /** The history shipped with this version of the schemas. */
    public static SchemaHistory shipped() {
        return Shipped.HISTORY;
    }

    /**
     * Reads a history.
     *
     * @param root resource folder that holds the index, with a leading slash
     * @throws IllegalStateException if the index or a schema it names is missing, is no schema, or
     *     the versions of a record do not count from 1 without gaps
     */
    static SchemaHistory load(String root) {
        Map<String, TreeMap<Integer, Schema>> found = new LinkedHashMap<>();
        for (String line : read(root + "/" + INDEX).lines().toList()) {
            if (!line.isBlank()) {
                int slash = line.indexOf('/');
                found.computeIfAbsent(line.substring(0, slash), record -> new TreeMap<>())
                        .put(version(line), parse(root + "/" + line));
            }
        }
        Map<String, List<Schema>> versions = new LinkedHashMap<>();
        found.forEach((record, byVersion) -> versions.put(record, inOrder(record, byVersion)));
        return new SchemaHistory(Map.copyOf(versions));
    }

    /**
     * All released versions of a record, oldest first.
     *
     * @param record simple name of the record, such as {@code WorkerEvent}
     * @return empty for a record that was never released
     */
    public List<Schema> versions(String record) {
        return versions.getOrDefault(record, List.of());
    }

    private static int version(String line) {
        return Integer.parseInt(
                line.substring(line.indexOf('/') + 1, line.length() - SUFFIX.length()));
    }

    private static List<Schema> inOrder(String record, TreeMap<Integer, Schema> byVersion) {
        if (byVersion.firstKey() != 1 || byVersion.lastKey() != byVersion.size()) {
            throw new IllegalStateException(
                    "versions of %s in the schema history are %s; they must count from 1 without gaps"
                            .formatted(record, byVersion.keySet()));
        }
        return List.copyOf(byVersion.values());
    }

    private static Schema parse(String resource) {
        try {
            return new Schema.Parser().parse(read(resource));
        } catch (RuntimeException e) {
            throw new IllegalStateException("resource " + resource + " is no Avro schema", e);
        }
    }

    private static String read(String resource) {
        try (InputStream in = SchemaHistory.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(
                        "resource " + resource + " of the schema history is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("resource " + resource + " cannot be read", e);
        }
    }

    /** Loads the shipped history once, when it is first asked for. */
    private static final class Shipped {
        static final SchemaHistory HISTORY = SchemaHistory.load("/history");
    }
}
