package io.sluice.demo.bench;

import io.sluice.demo.broker.EmbeddedBroker;
import io.sluice.demo.cluster.FlinkMiniCluster;
import io.sluice.demo.cluster.MiniClusterSettings;
import io.sluice.jobs.SchedulerJob;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.DecodeException;
import io.sluice.schemas.TopicPrefix;
import io.sluice.schemas.avro.CommandType;
import io.sluice.schemas.avro.DispatchCommand;

import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Measures the scheduler job beside a job that does nothing: decisions a second, and Kafka-to-Kafka
 * latency.
 */
@Command(
        name = "bench",
        description =
                "Measure decisions a second and Kafka-to-Kafka latency of the scheduler job beside a job that does nothing.",
        mixinStandardHelpOptions = true,
        subcommands = {SlaBenchCommand.class, OutcomeBenchCommand.class, ScaleBenchCommand.class})
public final class BenchCommand implements Callable<Integer> {

    private static final Duration START = Duration.ofMinutes(1);
    private static final int WARM_UP = 5_000;

    @Option(
            names = "--requests",
            defaultValue = "100000",
            description = "Requests of the throughput part (default: ${DEFAULT-VALUE}).")
    private int requests;

    @Option(
            names = "--rate",
            defaultValue = "500",
            description = "Requests a second of the latency part (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--seconds",
            defaultValue = "20",
            description = "Length of the latency part (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--workers",
            defaultValue = "8",
            description = "Instances that finish at once (default: ${DEFAULT-VALUE}).")
    private int workers;

    @Option(
            names = "--parallelism",
            defaultValue = "1",
            description = "Parallelism of both jobs (default: ${DEFAULT-VALUE}).")
    private int parallelism;

    @Option(
            names = "--decision-rounds",
            defaultValue = "0",
            description =
                    "Instead, measure so many times by turns the scheduler with decision records and without (default: ${DEFAULT-VALUE}).")
    private int decisionRounds;

    @Spec private CommandSpec spec;

    /** What a part of the benchmark has measured. */
    private record Figures(Measurement burst, Measurement paced) {}

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Path directory = Files.createTempDirectory("sluice-bench");
        try (EmbeddedBroker broker = EmbeddedBroker.temporary();
                FlinkMiniCluster cluster =
                        FlinkMiniCluster.start(
                                new MiniClusterSettings(1, parallelism, 0, directory))) {
            if (decisionRounds > 0) {
                out.println(decisionCost(broker, cluster).text());
                out.flush();
                return 0;
            }
            Figures nothing = nothing(broker, cluster);
            print(out, "nothing", nothing);
            Figures scheduler = scheduler(broker, cluster);
            print(out, "scheduler", scheduler);
            out.printf(
                    "ratio: %.2f of the records a second; latency p50 %+.1f ms, p99 %+.1f ms%n",
                    scheduler.burst().perSecond() / nothing.burst().perSecond(),
                    difference(scheduler, nothing, 0.5),
                    difference(scheduler, nothing, 0.99));
            out.flush();
        }
        return 0;
    }

    private Figures nothing(EmbeddedBroker broker, FlinkMiniCluster cluster) throws Exception {
        BenchTopics topics = topics(broker, "bench-nothing.");
        Watch watch = new Watch(topics, topics.copies(), BenchCommand::copied);
        return run(cluster, env -> NothingJob.define(env, topics), topics, watch);
    }

    private DecisionCost decisionCost(EmbeddedBroker broker, FlinkMiniCluster cluster)
            throws Exception {
        AtomicInteger trials = new AtomicInteger();
        return DecisionCost.measure(
                decisionRounds,
                share -> {
                    int trial = trials.incrementAndGet();
                    BenchTopics topics = topics(broker, "bench-decisions-" + trial + ".");
                    try (InstantWorkers instances = new InstantWorkers(topics, workers)) {
                        return running(
                                cluster,
                                env -> define(env, topics, share),
                                () -> burst(new Load(topics), dispatches(topics)).perSecond());
                    }
                });
    }

    private Figures scheduler(EmbeddedBroker broker, FlinkMiniCluster cluster) throws Exception {
        BenchTopics topics = topics(broker, "bench-scheduler.");
        try (InstantWorkers instances = new InstantWorkers(topics, workers)) {
            return run(cluster, env -> define(env, topics, 1), topics, dispatches(topics));
        }
    }

    /** The scheduler job, writing the decisions of a share of the requests. */
    private static void define(
            StreamExecutionEnvironment env, BenchTopics topics, double decisionShare) {
        SchedulerJob.define(
                env,
                "--sluice.kafka.bootstrap-servers",
                topics.bootstrapServers(),
                "--sluice.kafka.topic-prefix",
                topics.prefix().value(),
                "--sluice.scheduler.decision-sampling",
                Double.toString(decisionShare));
    }

    private static Watch dispatches(BenchTopics topics) {
        AvroCodec<DispatchCommand> codec = AvroCodec.of(DispatchCommand.class);
        return new Watch(topics, topics.dispatch(), record -> dispatched(codec, record));
    }

    private BenchTopics topics(EmbeddedBroker broker, String prefix) throws Exception {
        BenchTopics topics =
                new BenchTopics(
                        broker.bootstrapServers(),
                        new TopicPrefix(prefix),
                        Math.max(2, parallelism));
        topics.create();
        return topics;
    }

    private Figures run(
            FlinkMiniCluster cluster,
            Consumer<StreamExecutionEnvironment> define,
            BenchTopics topics,
            Watch watch) {
        return running(cluster, define, () -> measured(new Load(topics), watch));
    }

    private <T> T running(
            FlinkMiniCluster cluster,
            Consumer<StreamExecutionEnvironment> define,
            Supplier<T> work) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(parallelism);
        env.setBufferTimeout(5);
        define.accept(env);
        JobID job = cluster.submit(env);
        cluster.awaitRunning(job, START);
        T result = work.get();
        cluster.cancel(job);
        return result;
    }

    private Figures measured(Load load, Watch watch) {
        Measurement burst = burst(load, watch);
        int paced = rate * seconds;
        return new Figures(burst, watch.measure(paced, () -> load.evenly(paced, rate)));
    }

    private Measurement burst(Load load, Watch watch) {
        watch.measure(WARM_UP, () -> load.evenly(WARM_UP, WARM_UP));
        return watch.measure(requests, () -> load.allAtOnce(requests));
    }

    private static OptionalLong copied(ConsumerRecord<byte[], byte[]> record) {
        return OptionalLong.of(ByteBuffer.wrap(record.value()).getLong());
    }

    private static OptionalLong dispatched(
            AvroCodec<DispatchCommand> codec, ConsumerRecord<byte[], byte[]> record) {
        try {
            DispatchCommand command = codec.decode(record.value());
            return command.getType() == CommandType.DISPATCH
                    ? OptionalLong.of(command.getSubmittedAt().toEpochMilli())
                    : OptionalLong.empty();
        } catch (DecodeException e) {
            throw new IllegalStateException("the dispatch topic holds an unreadable command", e);
        }
    }

    private static double difference(Figures a, Figures b, double quantile) {
        return millis(a, quantile) - millis(b, quantile);
    }

    private static double millis(Figures figures, double quantile) {
        return figures.paced().latency().quantileMillis(quantile).orElseThrow();
    }

    private void print(PrintWriter out, String job, Figures figures) {
        out.printf(
                "%-9s  %,9.0f records/s over %,d;  at %d/s: latency p50 %.1f ms, p99 %.1f ms, max %.1f ms%n",
                job,
                figures.burst().perSecond(),
                figures.burst().records(),
                rate,
                millis(figures, 0.5),
                millis(figures, 0.99),
                millis(figures, 1));
        out.flush();
    }
}
