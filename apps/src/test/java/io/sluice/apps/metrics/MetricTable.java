package io.sluice.apps.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A table of the metric reference, which is what the code shows. With the system property {@value
 * #WRITE} set to {@code true} the table is written instead of compared.
 *
 * @param name what its markers name it
 */
public record MetricTable(String name) {

    private static final String WRITE = "sluice.docs.write";
    private static final String HELP = "# HELP ";
    private static final String TYPE = "# TYPE ";
    private static final Path PAGE =
            Path.of(System.getProperty("basedir", "."), "..", "docs/metrics.md");

    /**
     * Compares or writes it.
     *
     * @param shown what a page of metrics shows
     */
    public void mustBe(String shown) throws IOException {
        String text = Files.readString(PAGE);
        String first = "<!-- %s metrics: rendered from the code, do not edit -->\n".formatted(name);
        int begin = text.indexOf(first);
        int end = text.indexOf("<!-- %s metrics: end -->\n".formatted(name));
        assertThat(begin).as("marker before the table of %s in %s", name, PAGE).isNotNegative();
        assertThat(end).as("marker after the table of %s in %s", name, PAGE).isGreaterThan(begin);
        int from = begin + first.length();
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(PAGE, text.substring(0, from) + table(shown) + text.substring(end));
            return;
        }
        assertThat(text.substring(from, end))
                .as(
                        "table in docs/metrics.md; to render it anew run ./mvnw -pl apps -am test"
                                + " -Dtest=*MetricDocumentationTest -Dsurefire.failIfNoSpecifiedTests=false"
                                + " -D%s=true",
                        WRITE)
                .isEqualTo(table(shown));
    }

    private static String table(String shown) {
        Map<String, String> types = values(shown, TYPE);
        String rows =
                values(shown, HELP).entrySet().stream()
                        .map(
                                metric ->
                                        "| `%s` | %s | %s |\n"
                                                .formatted(
                                                        metric.getKey(),
                                                        types.get(metric.getKey()),
                                                        metric.getValue()))
                        .sorted()
                        .collect(Collectors.joining());
        return "\n| Metric | Type | What it is |\n|---|---|---|\n" + rows + "\n";
    }

    /** What the lines with a prefix say of each metric. */
    private static Map<String, String> values(String shown, String prefix) {
        Stream<String[]> said =
                shown.lines()
                        .filter(line -> line.startsWith(prefix))
                        .map(line -> line.substring(prefix.length()).split(" ", 2));
        return said.collect(Collectors.toMap(words -> words[0], words -> words[1]));
    }
}
