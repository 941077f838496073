package io.sluice.jobs.io.sql;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tables under {@code deploy/sql} are the topics as they are. With the system property {@value
 * #WRITE} set to {@code true} the file is written instead of compared.
 */
class SqlTablesTest {

    private static final String WRITE = "sluice.docs.write";

    private final Path file =
            Path.of(System.getProperty("basedir", "."), "..", "deploy/sql/tables.sql");

    @Test
    void thereIsATableForEachTopic() throws IOException {
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(file, SqlTables.render());
            return;
        }
        assertThat(file)
                .as(
                        "to render it anew run ./mvnw -pl jobs -am test -Dtest=SqlTablesTest"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -D%s=true",
                        WRITE)
                .hasContent(SqlTables.render());
    }
}
