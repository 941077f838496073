package io.sluice.schemas;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The documentation shows the catalogue as it is. With the system property {@value #WRITE} set to
 * {@code true} the table is written instead of compared.
 */
class DocumentationTest {
    private static final String WRITE = "sluice.docs.write";
    private static final String BEGIN =
            "<!-- topics: rendered from the catalogue, do not edit -->\n";
    private static final String END = "<!-- topics: end -->\n";

    private final Path page =
            Path.of(System.getProperty("basedir", "."), "..", "docs", "schemas-and-topics.md");

    @Test
    void theTableOfTopicsIsTheCatalogue() throws IOException {
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        assertThat(begin).as("marker before the table in %s", page).isNotNegative();
        assertThat(end).as("marker after the table in %s", page).isGreaterThan(begin);
        String rendered = "\n" + TopicTable.markdown(TopicPrefix.DEFAULT) + "\n";
        int from = begin + BEGIN.length();
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(page, text.substring(0, from) + rendered + text.substring(end));
            return;
        }
        assertThat(text.substring(from, end))
                .as(
                        "table in docs/schemas-and-topics.md; to render it anew run"
                                + " ./mvnw -pl schemas test -Dtest=DocumentationTest -D%s=true",
                        WRITE)
                .isEqualTo(rendered);
    }

    @Test
    void everyRecordIsExplained() throws IOException {
        String text = Files.readString(page);
        assertThat(SchemaSources.records())
                .allSatisfy(record -> assertThat(text).contains("`" + record + "`"));
    }
}
