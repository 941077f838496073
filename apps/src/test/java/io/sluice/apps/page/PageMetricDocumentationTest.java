package io.sluice.apps.page;

import io.sluice.apps.metrics.MetricTable;

import org.junit.jupiter.api.Test;

import java.io.IOException;

/** The documentation shows the metrics of the live page as they are. */
class PageMetricDocumentationTest {

    @Test
    void theTableOfMetricsIsTheCode() throws IOException {
        new MetricTable("page").mustBe(new Scene().frames().measured(0));
    }
}
