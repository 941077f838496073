package io.sluice.jobs.metrics;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The documentation shows the metrics of the jobs as they are. With the system property {@value
 * #WRITE} set to {@code true} the table is written instead of compared.
 */
class MetricDocumentationTest {

    private static final String WRITE = "sluice.docs.write";
    private static final String BEGIN =
            "<!-- job metrics: rendered from the code, do not edit -->\n";
    private static final String END = "<!-- job metrics: end -->\n";

    private final Path page = Path.of(System.getProperty("basedir", "."), "..", "docs/metrics.md");

    @Test
    void theTableOfMetricsIsTheCode() throws IOException {
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        assertThat(begin).as("marker before the table in %s", page).isNotNegative();
        assertThat(end).as("marker after the table in %s", page).isGreaterThan(begin);
        int from = begin + BEGIN.length();
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(page, text.substring(0, from) + table() + text.substring(end));
            return;
        }
        assertThat(text.substring(from, end))
                .as(
                        "table in docs/metrics.md; to render it anew run ./mvnw -pl jobs -am test"
                                + " -Dtest=MetricDocumentationTest -Dsurefire.failIfNoSpecifiedTests=false"
                                + " -D%s=true",
                        WRITE)
                .isEqualTo(table());
    }

    private static String table() {
        StringBuilder table =
                new StringBuilder(
                        """

                        | Metric | Type | Label | Operator | What it is |
                        |---|---|---|---|---|
                        """);
        for (JobMetric metric : JobMetric.values()) {
            table.append(
                    "| `%s` | %s | %s | %s | %s |\n"
                            .formatted(
                                    JobMetric.PREFIX + metric.registered(),
                                    metric.kind().name().toLowerCase(Locale.ROOT),
                                    metric.label().isEmpty() ? "" : "`" + metric.label() + "`",
                                    metric.operators(),
                                    metric.help()));
        }
        return table.append('\n').toString();
    }
}
