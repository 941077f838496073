package io.sluice.demo.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of SQL, as a client would read them. */
final class SqlFiles {

    private static final Path FOLDER =
            Path.of(System.getProperty("sluice.project.root", "..")).resolve("deploy/sql");

    private SqlFiles() {}

    /** The statements that make the tables, for a broker elsewhere. */
    static List<String> tables(String bootstrapServers) throws IOException {
        String text = Files.readString(FOLDER.resolve("tables.sql"));
        return Stream.of(text.replace("localhost:9092", bootstrapServers).split(";\n"))
                .filter(statement -> !statement.isBlank())
                .toList();
    }

    /** The one statement of a query. */
    static String query(String name) throws IOException {
        String text = Files.readString(FOLDER.resolve("queries/" + name + ".sql")).strip();
        return text.substring(0, text.length() - 1);
    }

    /** The names of all queries. */
    static List<String> queries() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve("queries"))) {
            return files.map(file -> file.getFileName().toString().replace(".sql", ""))
                    .sorted()
                    .toList();
        }
    }
}
