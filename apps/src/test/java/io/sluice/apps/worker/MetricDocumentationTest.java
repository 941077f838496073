package io.sluice.apps.worker;

import io.sluice.sim.engine.EngineProfiles;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The documentation shows the metrics of a worker as they are. With the system property {@value
 * #WRITE} set to {@code true} the table is written instead of compared.
 */
class MetricDocumentationTest {

    private static final String WRITE = "sluice.docs.write";
    private static final String BEGIN =
            "<!-- worker metrics: rendered from the code, do not edit -->\n";
    private static final String END = "<!-- worker metrics: end -->\n";
    private static final String HELP = "# HELP ";
    private static final String TYPE = "# TYPE ";

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
                        "table in docs/metrics.md; to render it anew run ./mvnw -pl apps -am test"
                                + " -Dtest=MetricDocumentationTest -Dsurefire.failIfNoSpecifiedTests=false"
                                + " -D%s=true",
                        WRITE)
                .isEqualTo(table());
    }

    private static String table() {
        String shown =
                new WorkerMetrics("gpu-1").page().text()
                        + new EngineMetrics(EngineProfiles.named(EngineProfiles.A100_7B), "m")
                                .page()
                                .text();
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
