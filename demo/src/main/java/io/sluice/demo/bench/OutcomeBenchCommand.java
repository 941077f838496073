package io.sluice.demo.bench;

import io.sluice.apps.cli.DurationConverter;
import io.sluice.core.latency.LatencyHistogram;
import io.sluice.demo.broker.EmbeddedBroker;
import io.sluice.demo.cluster.FlinkMiniCluster;
import io.sluice.demo.cluster.MiniClusterSettings;
import io.sluice.jobs.SchedulerJob;
import io.sluice.jobs.SchedulerOptions;
import io.sluice.jobs.scheduling.SchedulerSinks;
import io.sluice.schemas.TopicPrefix;

import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;

/**
 * Measures how long after it was written an outcome is seen by who reads committed records: with
 * the transactions of the scheduler job, which end with its checkpoints, and beside it without any.
 */
@Command(
        name = "outcomes",
        description =
                "Measure how long after it was written an outcome is seen: exactly once, as the scheduler job writes them, beside at least once.",
        mixinStandardHelpOptions = true)
public final class OutcomeBenchCommand implements Callable<Integer> {

    private static final Duration START = Duration.ofMinutes(1);
    private static final int WARM_UP_SECONDS = 10;

    @Option(
            names = "--intervals",
            split = ",",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Checkpoint intervals to measure (default: 1s,10s).")
    private List<Duration> intervals = List.of(Duration.ofSeconds(1), Duration.ofSeconds(10));

    @Option(
            names = "--rate",
            defaultValue = "200",
            description = "Requests a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--seconds",
            defaultValue = "60",
            description = "Length of each measurement (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--workers",
            defaultValue = "8",
            description = "Instances that finish at once (default: ${DEFAULT-VALUE}).")
    private int workers;

    @Option(
            names = "--parallelism",
            defaultValue = "1",
            description = "Parallelism of the job (default: ${DEFAULT-VALUE}).")
    private int parallelism;

    @Spec private @Nullable CommandSpec command;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = Objects.requireNonNull(command, "set by picocli").commandLine().getOut();
        Path directory = Files.createTempDirectory("sluice-bench");
        try (EmbeddedBroker broker = EmbeddedBroker.temporary();
                FlinkMiniCluster cluster =
                        FlinkMiniCluster.start(
                                new MiniClusterSettings(1, parallelism, 0, directory))) {
            for (Duration interval : intervals) {
                BenchTopics plain = topics(broker, "least", interval);
                LatencyHistogram least =
                        measured(
                                cluster,
                                plain,
                                interval,
                                sinks -> OutcomeSinks.atLeastOnce(sinks, plain));
                print(out, interval, "at least once", least);
                BenchTopics transactions = topics(broker, "exactly", interval);
                LatencyHistogram exactly =
                        measured(cluster, transactions, interval, UnaryOperator.identity());
                print(out, interval, "exactly once", exactly);
                out.printf(
                        "%-6s  ratio          p50 %,.0f, p99 %,.0f%n",
                        text(interval),
                        millis(exactly, 0.5) / millis(least, 0.5),
                        millis(exactly, 0.99) / millis(least, 0.99));
                out.flush();
            }
        }
        return 0;
    }

    /** Of each measurement its own. */
    private BenchTopics topics(EmbeddedBroker broker, String delivery, Duration interval)
            throws Exception {
        BenchTopics topics =
                new BenchTopics(
                        broker.bootstrapServers(),
                        new TopicPrefix("bench-%s-%d.".formatted(delivery, interval.toMillis())),
                        Math.max(2, parallelism));
        topics.create();
        return topics;
    }

    private LatencyHistogram measured(
            FlinkMiniCluster cluster,
            BenchTopics topics,
            Duration interval,
            UnaryOperator<SchedulerSinks> sinks) {
        JobID job = submit(cluster, topics, interval, sinks);
        try (InstantWorkers instances = new InstantWorkers(topics, workers);
                VisibilityWatch watch = new VisibilityWatch(topics)) {
            Load load = new Load(topics);
            int warmUp = rate * WARM_UP_SECONDS;
            watch.measure(warmUp, () -> load.evenly(warmUp, rate));
            int requests = rate * seconds;
            return watch.measure(requests, () -> load.evenly(requests, rate));
        } finally {
            cluster.cancel(job);
        }
    }

    private JobID submit(
            FlinkMiniCluster cluster,
            BenchTopics topics,
            Duration interval,
            UnaryOperator<SchedulerSinks> sinks) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(parallelism);
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("--sluice.kafka.bootstrap-servers", topics.bootstrapServers()));
        arguments.addAll(List.of("--sluice.kafka.topic-prefix", topics.prefix().value()));
        arguments.addAll(
                List.of(
                        "--" + SchedulerOptions.CHECKPOINT_INTERVAL.key(),
                        interval.toMillis() + " ms"));
        SchedulerJob.define(env, sinks, arguments.toArray(String[]::new));
        JobID job = cluster.submit(env);
        cluster.awaitRunning(job, START);
        return job;
    }

    private static void print(
            PrintWriter out, Duration interval, String delivery, LatencyHistogram latency) {
        out.printf(
                "%-6s  %-13s  p50 %,.1f ms, p90 %,.1f ms, p99 %,.1f ms, max %,.1f ms of %,d outcomes%n",
                text(interval),
                delivery,
                millis(latency, 0.5),
                millis(latency, 0.9),
                millis(latency, 0.99),
                millis(latency, 1),
                latency.count());
        out.flush();
    }

    private static String text(Duration interval) {
        return interval.toMillis() % 1000 == 0
                ? interval.toSeconds() + " s"
                : interval.toMillis() + " ms";
    }

    /** The clock has milliseconds: what is seen in the same one took at most one. */
    private static double millis(LatencyHistogram latency, double quantile) {
        return Math.max(1, latency.quantileMillis(quantile).orElseThrow());
    }
}
