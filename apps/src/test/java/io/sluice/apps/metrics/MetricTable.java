package io.sluice.apps.metrics;

import io.sluice.core.docs.RenderedPart;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table of the metric reference, which is what the code shows.
 *
 * @param name what its markers name it
 */
public record MetricTable(String name) {

    private static final String HELP = "# HELP ";
    private static final String TYPE = "# TYPE ";

    /**
     * Compares or writes it.
     *
     * @param shown what a page of metrics shows
     */
    public void mustBe(String shown) throws IOException {
        RenderedPart.table("docs/metrics.md", name + " metrics")
                .mustBe(table(shown), "apps", "*MetricDocumentationTest");
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
