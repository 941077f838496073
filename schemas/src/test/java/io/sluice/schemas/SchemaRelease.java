package io.sluice.schemas;

import org.apache.avro.Schema;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Writes versions of schemas into the history. */
final class SchemaRelease {
    private static final String INDEX = "index.txt";

    private final Path folder;

    SchemaRelease(Path folder) {
        this.folder = folder;
    }

    /** Numbers of the versions of a record that lie in the folder, in order. */
    List<Integer> versions(String record) throws IOException {
        Path versions = folder.resolve(record);
        if (!Files.isDirectory(versions)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(versions)) {
            return files.map(file -> file.getFileName().toString().replace(".avsc", ""))
                    .map(Integer::valueOf)
                    .sorted()
                    .toList();
        }
    }

    /** One version of a record. */
    Schema read(String record, int version) throws IOException {
        return new Schema.Parser().parse(file(record, version).toFile());
    }

    /**
     * Freezes a schema.
     *
     * @param version one more than the newest, or the newest to replace it
     */
    void write(String record, int version, Schema schema) throws IOException {
        Files.createDirectories(folder.resolve(record));
        Files.writeString(file(record, version), schema.toString(true) + "\n");
        Files.writeString(folder.resolve(INDEX), String.join("\n", listing()) + "\n");
    }

    /** The lines the index must have: every version that lies in the folder. */
    List<String> listing() throws IOException {
        try (Stream<Path> files = Files.walk(folder, 2)) {
            return files.filter(file -> file.toString().endsWith(".avsc"))
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    private Path file(String record, int version) {
        return folder.resolve(record).resolve(version + ".avsc");
    }
}
