package io.sluice.demo.bench;

import io.sluice.demo.broker.EmbeddedBroker;
import io.sluice.demo.cluster.FlinkMiniCluster;
import io.sluice.demo.cluster.FlinkRest;
import io.sluice.demo.cluster.MiniClusterSettings;
import io.sluice.demo.process.Await;
import io.sluice.demo.process.TemporaryFolder;
import io.sluice.jobs.SchedulerJob;
import io.sluice.jobs.io.SchedulerKafka;
import io.sluice.schemas.TopicPrefix;

import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

/**
 * Measures what a long queue costs: how long its checkpoints take and how large they are, how much
 * heap it needs, and how long it takes from a lost task manager to the first dispatch.
 */
@Command(
        name = "scale",
        description = {
            "Fill the queues of many instances that are all busy, and measure checkpoints, heap, and the way back after the loss of the task manager.",
            "Of all this process the heap is measured, broker included; what it was before the requests came is taken off."
        },
        mixinStandardHelpOptions = true)
public final class ScaleBenchCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final int WARM_UP = 5_000;

    @Option(
            names = "--requests",
            defaultValue = "1000000",
            description = "Requests that wait (default: ${DEFAULT-VALUE}).")
    private int requests;

    @Option(
            names = "--instances",
            defaultValue = "1000",
            description = "Instances, each with a lane of its own (default: ${DEFAULT-VALUE}).")
    private int instances;

    @Option(
            names = "--parallelism",
            defaultValue = "2",
            description = "Parallelism of the job (default: ${DEFAULT-VALUE}).")
    private int parallelism;

    @Option(
            names = "--state-backend",
            split = ",",
            defaultValue = "hashmap,rocksdb",
            description = "hashmap, rocksdb or both, in turn (default: ${DEFAULT-VALUE}).")
    private List<String> backends = List.of();

    @Option(
            names = "--checkpoints",
            defaultValue = "3",
            description =
                    "Checkpoints of the full queues; the first of rocksdb is whole, later ones are increments (default: ${DEFAULT-VALUE}).")
    private int checkpoints;

    @Spec private @Nullable CommandSpec command;

    @Override
    public Integer call() throws Exception {
        for (String backend : backends) {
            measure(backend);
        }
        return 0;
    }

    private void measure(String backend) throws Exception {
        try (TemporaryFolder folder = TemporaryFolder.create("sluice-bench-");
                EmbeddedBroker broker = EmbeddedBroker.temporary();
                FlinkMiniCluster cluster =
                        FlinkMiniCluster.start(
                                new MiniClusterSettings(1, parallelism, 0, folder.path()))) {
            BenchTopics topics =
                    new BenchTopics(
                            broker.bootstrapServers(),
                            new TopicPrefix("bench-scale."),
                            Math.max(2, parallelism));
            topics.create();
            try (InstantWorkers workers = InstantWorkers.keeping(topics, instances)) {
                JobID job = submit(cluster, topics, backend);
                say("%s: %,d requests for %,d instances%n", backend, requests, instances);
                fill(topics, cluster, job);
                for (int i = 0; i < checkpoints; i++) {
                    checkpoint(cluster, job);
                }
                comeBack(topics, cluster, job, workers);
                cluster.cancel(job);
            }
        }
    }

    private JobID submit(FlinkMiniCluster cluster, BenchTopics topics, String backend) {
        Configuration configuration = new Configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, backend);
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
        SchedulerJob.define(
                env,
                "--sluice.kafka.bootstrap-servers",
                topics.bootstrapServers(),
                "--sluice.kafka.topic-prefix",
                topics.prefix().value(),
                // This program takes them.
                "--sluice.scheduler.checkpoint-interval",
                "1 h",
                "--sluice.scheduler.decision-sampling",
                "0",
                "--sluice.scheduler.worker-lease",
                "10 min");
        JobID job = cluster.submit(env);
        cluster.awaitRunning(job, PATIENCE);
        return job;
    }

    private void fill(BenchTopics topics, FlinkMiniCluster cluster, JobID job) throws Exception {
        new Load(topics).allAtOnce(WARM_UP);
        awaitTakenIn(topics, cluster, job);
        long heapBefore = usedHeap();
        long startNanos = System.nanoTime();
        new Load(topics).allAtOnce(requests);
        awaitTakenIn(topics, cluster, job);
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        long heap = usedHeap() - heapBefore;
        say(
                "  taken in after %.1f s, %,.0f a second; heap %,d MB, %,d bytes each%n",
                seconds, requests / seconds, heap >> 20, heap / requests);
    }

    /** A checkpoint that has the end of the topic has all of its requests in the lanes. */
    private static void awaitTakenIn(BenchTopics topics, FlinkMiniCluster cluster, JobID job)
            throws Exception {
        try (GroupProgress read =
                new GroupProgress(topics, topics.requests(), SchedulerKafka.GROUP_ID)) {
            Await.until(
                    "all requests to be taken in",
                    PATIENCE,
                    () -> {
                        cluster.checkpoint(job);
                        return read.isDone();
                    });
        }
    }

    private void checkpoint(FlinkMiniCluster cluster, JobID job) {
        FlinkRest rest = new FlinkRest(cluster.webUrl());
        String id = job.toHexString();
        String path = cluster.checkpoint(job);
        // Flink's web page may be some seconds behind.
        Await.until("the checkpoint to be told of", PATIENCE, () -> last(rest, id, path) != null);
        JsonNode last = Objects.requireNonNull(last(rest, id, path));
        long bytes = last.path("state_size").asLong();
        say(
                "  checkpoint: %,d ms, %,.1f MB of state, %,d bytes for each request; %,.1f MB written%n",
                last.path("end_to_end_duration").asLong(),
                bytes / 1e6,
                bytes / requests,
                last.path("checkpointed_size").asLong() / 1e6);
    }

    private void comeBack(
            BenchTopics topics, FlinkMiniCluster cluster, JobID job, InstantWorkers workers) {
        FlinkRest rest = new FlinkRest(cluster.webUrl());
        int before = rest.restoredCheckpoints(job.toHexString());
        try (NextDispatch next = new NextDispatch(topics)) {
            cluster.killTaskManager(0);
            workers.goOn();
            long startNanos = System.nanoTime();
            cluster.startTaskManager();
            Await.until(
                    "the job to be restored",
                    PATIENCE,
                    () -> rest.restoredCheckpoints(job.toHexString()) > before);
            cluster.awaitRunning(job, PATIENCE);
            double running = (System.nanoTime() - startNanos) / 1e9;
            next.await(PATIENCE);
            double dispatched = (System.nanoTime() - startNanos) / 1e9;
            say(
                    "  a new task manager: all tasks run after %.1f s, first dispatch after %.1f s%n",
                    running, dispatched);
        }
    }

    private static @Nullable JsonNode last(FlinkRest rest, String job, String path) {
        JsonNode last = rest.get("/jobs/" + job + "/checkpoints").at("/latest/completed");
        return last.path("external_path").asText().equals(path) ? last : null;
    }

    /** Bytes that are used after what nobody needs has been collected. */
    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private void say(String format, Object... values) {
        PrintWriter out = Objects.requireNonNull(command, "set by picocli").commandLine().getOut();
        out.printf(format, values);
        out.flush();
    }
}
