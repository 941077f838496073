package io.sluice.demo.cluster;

import io.sluice.demo.process.Await;
import io.sluice.demo.process.AwaitException;

import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FlinkMiniClusterTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void runsAJobThroughTheLossOfATaskManager(@TempDir Path directory) throws Exception {
        try (FlinkMiniCluster cluster =
                FlinkMiniCluster.start(new MiniClusterSettings(2, 1, 0, directory))) {
            JobID job = cluster.submit(CountingJob.local(2));
            cluster.awaitRunning(job, PATIENCE);
            String checkpoint = cluster.checkpoint(job);
            assertThat(Path.of(URI.create(checkpoint))).startsWith(directory);
            assertThat(Path.of(URI.create(checkpoint))).isDirectory();

            cluster.killTaskManager(0);
            cluster.startTaskManager();

            FlinkRest rest = new FlinkRest(cluster.webUrl());
            Await.until(
                    "the job to be restored",
                    PATIENCE,
                    () -> rest.restoredCheckpoints(job.toHexString()) == 1);
            cluster.awaitRunning(job, PATIENCE);
            cluster.cancel(job);
            assertThat(cluster.status(job)).isEqualTo(JobStatus.CANCELED);
        }
    }

    @Test
    void servesFlinksWebPage(@TempDir Path directory) throws Exception {
        try (FlinkMiniCluster cluster =
                FlinkMiniCluster.start(new MiniClusterSettings(1, 1, 0, directory))) {
            HttpRequest page = HttpRequest.newBuilder(cluster.webUrl().resolve("/")).build();

            String body =
                    HttpClient.newHttpClient()
                            .send(page, HttpResponse.BodyHandlers.ofString())
                            .body();

            assertThat(body).contains("Apache Flink Web Dashboard");
        }
    }

    @Test
    void saysWhyAJobDoesNotRun(@TempDir Path directory) {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(1, new Configuration());
        environment.fromData(1).map(new NeverOpens()).sinkTo(new DiscardingSink<>());
        try (FlinkMiniCluster cluster =
                FlinkMiniCluster.start(new MiniClusterSettings(1, 1, 0, directory))) {
            JobID job = cluster.submit(environment);

            assertThatThrownBy(() -> cluster.awaitRunning(job, PATIENCE))
                    .isInstanceOf(AwaitException.class)
                    .hasMessageContaining("FAILED")
                    .hasMessageContaining("no such model");
            FlinkRest rest = new FlinkRest(cluster.webUrl());
            assertThatThrownBy(() -> rest.awaitRunning(job.toHexString(), PATIENCE))
                    .isInstanceOf(AwaitException.class)
                    .hasMessageContaining("is FAILED instead of running")
                    .hasMessageEndingWith("IllegalStateException: no such model");
            assertThat(cluster.awaitEnd(job, PATIENCE).getSerializedThrowable()).isPresent();
        }
    }

    @Test
    void namesTheWebPortThatIsInUse(@TempDir Path directory) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            MiniClusterSettings settings =
                    new MiniClusterSettings(1, 1, taken.getLocalPort(), directory);

            assertThatThrownBy(() -> FlinkMiniCluster.start(settings))
                    .isInstanceOf(ClusterStartException.class)
                    .hasMessageContaining("localhost:" + taken.getLocalPort())
                    .hasMessageContaining("in use");
        }
        assertThat(Files.list(directory)).isEmpty();
    }

    private static final class NeverOpens extends RichMapFunction<Integer, Integer> {

        private static final long serialVersionUID = 1;

        @Override
        public void open(OpenContext context) {
            throw new IllegalStateException("no such model");
        }

        @Override
        public Integer map(Integer value) {
            return value;
        }
    }
}
