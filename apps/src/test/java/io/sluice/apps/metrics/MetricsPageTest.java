package io.sluice.apps.metrics;

import io.sluice.apps.cli.CommandException;

import org.junit.jupiter.api.Test;

import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MetricsPageTest {

    private final MetricsPage page = new MetricsPage(Map.of("instance_id", "a\"b\\c"));

    @Test
    void writesTheTextFormat() {
        page.gauge("depth", "How deep.").set(2.5);
        Counter ends = page.counter("ends_total", "Ends.", "reason");
        ends.add("stop");
        ends.add("stop", 2);
        page.counter("quiet_total", "Nothing yet.");
        page.info("config_info", "Facts.", Map.of("block_size", "16"));

        String id = "instance_id=\"a\\\"b\\\\c\"";
        assertThat(page.text().lines())
                .containsExactly(
                        "# HELP depth How deep.",
                        "# TYPE depth gauge",
                        "depth{" + id + "} 2.5",
                        "# HELP ends_total Ends.",
                        "# TYPE ends_total counter",
                        "ends_total{" + id + ",reason=\"stop\"} 3",
                        "# HELP quiet_total Nothing yet.",
                        "# TYPE quiet_total counter",
                        "quiet_total{" + id + "} 0",
                        "# HELP config_info Facts.",
                        "# TYPE config_info gauge",
                        "config_info{block_size=\"16\"," + id + "} 1");
    }

    @Test
    void countsAValueInEveryBucketThatReachesIt() {
        Histogram histogram = new MetricsPage(Map.of()).histogram("t_seconds", "T.", 1, 2);
        histogram.observe(0.5);
        histogram.observe(1);
        histogram.observe(1.5, 3);
        histogram.observe(7);
        StringBuilder out = new StringBuilder();
        histogram.write("t_seconds", out);

        assertThat(out.toString().lines())
                .containsExactly(
                        "t_seconds_bucket{le=\"1\"} 2",
                        "t_seconds_bucket{le=\"2\"} 5",
                        "t_seconds_bucket{le=\"+Inf\"} 6",
                        "t_seconds_sum 13.0",
                        "t_seconds_count 6");
    }

    @Test
    void aNameBelongsToOneMetric() {
        page.gauge("depth", "How deep.");
        assertThatThrownBy(() -> page.counter("depth", "Again."))
                .hasMessageContaining("depth is there twice");
    }

    @Test
    void isServedOnAPortOfItsOwnChoice() throws Exception {
        page.gauge("depth", "How deep.").set(1);
        try (MetricsServer server = MetricsServer.start(0, page::text)) {
            URI uri = URI.create("http://localhost:%d/metrics".formatted(server.port()));
            HttpResponse<String> answer =
                    HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(uri).build(),
                                    HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type"))
                    .hasValue("text/plain; version=0.0.4; charset=utf-8");
            assertThat(answer.body()).isEqualTo(page.text());
        }
    }

    @Test
    void namesThePortThatIsInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThatThrownBy(() -> MetricsServer.start(taken.getLocalPort(), page::text))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("in use")
                    .hasMessageContaining("--metrics-port");
        }
    }
}
