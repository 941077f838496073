package io.sluice.demo.run;

import io.sluice.apps.cli.KafkaAccess;
import io.sluice.apps.topics.TopicCreation;
import io.sluice.apps.topics.TopicSizes;
import io.sluice.demo.broker.EmbeddedBroker;
import io.sluice.demo.cluster.FlinkMiniCluster;
import io.sluice.demo.cluster.MiniClusterSettings;
import io.sluice.demo.process.TemporaryFolder;
import io.sluice.schemas.TopicPrefix;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The pipeline without its ends: a broker with all topics, and Flink with both jobs.
 *
 * @param kafka how to reach the broker
 * @param flink the cluster
 * @param folder for files of the run; deleted with everything else
 * @param open what closing ends
 */
record DemoPipeline(KafkaAccess kafka, FlinkMiniCluster flink, Path folder, CloseStack open)
        implements AutoCloseable {

    private static final Optional<Short> ONE_COPY = Optional.of((short) 1);

    private static final int ONE_TASK_MANAGER = 1;

    /**
     * Starts everything; both jobs run when this returns.
     *
     * @throws RuntimeException if something does not start; then nothing stays behind
     */
    static DemoPipeline start(DemoSettings settings, Console console) {
        CloseStack open = new CloseStack();
        try {
            Path folder = open.push(TemporaryFolder.create("sluice-demo-")).path();
            return start(settings, console, open, folder);
        } catch (RuntimeException exception) {
            throw open.closeAfter(exception);
        }
    }

    private static DemoPipeline start(
            DemoSettings settings, Console console, CloseStack open, Path folder) {
        console.say("starting a Kafka broker and a Flink cluster");
        // Side by side: each takes seconds, mostly of waiting.
        CompletableFuture<FlinkMiniCluster> starting =
                CompletableFuture.supplyAsync(() -> flink(settings, folder));
        EmbeddedBroker broker;
        try {
            broker = open.push(broker(settings.cluster().brokerPort()));
        } finally {
            // Ended before the broker: jobs that are in the middle of something ask it to abort.
            open.push(() -> closeOnceStarted(starting));
        }
        KafkaAccess kafka = KafkaAccess.plain(broker.bootstrapServers(), TopicPrefix.DEFAULT);
        new TopicCreation(kafka, TopicSizes.ofCatalogue(), ONE_COPY, Map.of()).run();
        console.say("Kafka on " + kafka.bootstrapServers() + ", all topics created");
        FlinkMiniCluster flink = joined(starting);
        console.say("Flink on " + flink.webUrl() + ", starting both jobs");
        DemoPipeline pipeline = new DemoPipeline(kafka, flink, folder, open);
        DemoJobs.submit(pipeline, settings);
        console.say("both jobs run");
        return pipeline;
    }

    private static EmbeddedBroker broker(int port) {
        return port == 0 ? EmbeddedBroker.temporary() : EmbeddedBroker.temporary(port);
    }

    private static FlinkMiniCluster flink(DemoSettings settings, Path folder) {
        int slots = DemoJobs.slots(settings.cluster().parallelism());
        return FlinkMiniCluster.start(
                new MiniClusterSettings(
                        ONE_TASK_MANAGER,
                        slots,
                        settings.cluster().webPort(),
                        settings.cluster().metricsPort(),
                        folder));
    }

    private static FlinkMiniCluster joined(CompletableFuture<FlinkMiniCluster> starting) {
        try {
            return starting.join();
        } catch (CompletionException exception) {
            throw exception.getCause() instanceof RuntimeException cause ? cause : exception;
        }
    }

    private static void closeOnceStarted(CompletableFuture<FlinkMiniCluster> starting) {
        FlinkMiniCluster flink = starting.exceptionally(failure -> null).join();
        if (flink != null) {
            flink.close();
        }
    }

    @Override
    public void close() {
        open.close();
    }
}
