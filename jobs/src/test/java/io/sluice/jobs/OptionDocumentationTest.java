package io.sluice.jobs;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The documentation shows the options as they are. With the system property {@value #WRITE} set to
 * {@code true} the table is written instead of compared.
 */
class OptionDocumentationTest {

    private static final String WRITE = "sluice.docs.write";
    private static final String BEGIN = "<!-- options: rendered from the code, do not edit -->\n";
    private static final String END = "<!-- options: end -->\n";

    private final Path page =
            Path.of(System.getProperty("basedir", "."), "..", "docs", "configuration.md");

    @Test
    void theTableOfOptionsIsTheCode() throws IOException {
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        assertThat(begin).as("marker before the table in %s", page).isNotNegative();
        assertThat(end).as("marker after the table in %s", page).isGreaterThan(begin);
        String rendered = "\n" + OptionTable.markdown(JobOptions.all()) + "\n";
        int from = begin + BEGIN.length();
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(page, text.substring(0, from) + rendered + text.substring(end));
            return;
        }
        assertThat(text.substring(from, end))
                .as(
                        "table in docs/configuration.md; to render it anew run ./mvnw -pl jobs -am test"
                                + " -Dtest=OptionDocumentationTest -Dsurefire.failIfNoSpecifiedTests=false"
                                + " -D%s=true",
                        WRITE)
                .isEqualTo(rendered);
    }
}
