package io.sluice.apps.worker;

import io.sluice.apps.metrics.MetricTable;
import io.sluice.sim.engine.EngineProfiles;

import org.junit.jupiter.api.Test;

import java.io.IOException;

/** The documentation shows the metrics of a worker as they are. */
class MetricDocumentationTest {

    @Test
    void theTableOfMetricsIsTheCode() throws IOException {
        new MetricTable("worker")
                .mustBe(
                        new WorkerMetrics("gpu-1").page().text()
                                + new EngineMetrics(
                                                EngineProfiles.named(EngineProfiles.A100_7B), "m")
                                        .page()
                                        .text());
    }
}
