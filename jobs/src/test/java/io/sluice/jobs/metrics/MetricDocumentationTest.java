package io.sluice.jobs.metrics;

import io.sluice.core.docs.RenderedPart;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Locale;

/** The documentation shows the metrics of the jobs as they are. */
class MetricDocumentationTest {

    @Test
    void theTableOfMetricsIsTheCode() throws IOException {
        RenderedPart.table("docs/metrics.md", "job metrics")
                .mustBe(table(), "jobs", "MetricDocumentationTest");
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
