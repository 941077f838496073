package io.sluice.demo.bench;

import io.sluice.demo.broker.EmbeddedBroker;
import io.sluice.demo.cluster.FlinkMiniCluster;
import io.sluice.demo.cluster.MiniClusterSettings;
import io.sluice.demo.process.Await;
import io.sluice.jobs.SlaJob;
import io.sluice.jobs.SlaOptions;
import io.sluice.jobs.io.SlaKafka;
import io.sluice.schemas.TopicPrefix;

import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import com.sun.management.OperatingSystemMXBean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Measures how many outcomes a second the SLA job keeps up with, beside a job that copies them.
 * Both find them waiting and work at their own speed, in turns; the fastest turn of each counts,
 * since whatever else the machine does can only slow them.
 */
@Command(
        name = "sla",
        description =
                "Measure outcomes a second of the SLA job beside a job that copies them, each finding them waiting.",
        mixinStandardHelpOptions = true)
public final class SlaBenchCommand implements Callable<Integer> {

    private static final Duration START = Duration.ofMinutes(1);

    @Option(
            names = "--outcomes",
            defaultValue = "500000",
            description = "Outcomes of each turn (default: ${DEFAULT-VALUE}).")
    private int outcomes;

    @Option(
            names = "--turns",
            defaultValue = "3",
            description = "Turns of each job (default: ${DEFAULT-VALUE}).")
    private int turns;

    @Option(
            names = "--tenants",
            defaultValue = "20",
            description = "Tenants that the outcomes are of (default: ${DEFAULT-VALUE}).")
    private int tenants;

    @Option(
            names = "--instances",
            defaultValue = "50",
            description = "Instances that ran them (default: ${DEFAULT-VALUE}).")
    private int instances;

    @Option(
            names = "--parallelism",
            defaultValue = "2",
            description = "Parallelism of both jobs (default: ${DEFAULT-VALUE}).")
    private int parallelism;

    @Option(
            names = "--state-backend",
            defaultValue = "hashmap",
            description = "hashmap or rocksdb (default: ${DEFAULT-VALUE}).")
    private String stateBackend = "hashmap";

    @Option(
            names = "--worker-events",
            description =
                    "Have it read the reports of workers as well, three for each outcome; a job that copies these is the measure.")
    private boolean workerEvents;

    @Spec private @Nullable CommandSpec command;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = Objects.requireNonNull(command, "set by picocli").commandLine().getOut();
        Path directory = Files.createTempDirectory("sluice-bench");
        double nothing = 0;
        double sla = 0;
        try (EmbeddedBroker broker = EmbeddedBroker.temporary();
                FlinkMiniCluster cluster =
                        FlinkMiniCluster.start(
                                new MiniClusterSettings(1, parallelism, 0, directory))) {
            for (int turn = 1; turn <= turns; turn++) {
                BenchTopics topics = topics(broker, turn);
                OutcomeLoad load = new OutcomeLoad(topics, tenants, instances);
                load.send(outcomes, workerEvents);
                long records = workerEvents ? load.events() : outcomes;
                nothing =
                        Math.max(
                                nothing,
                                turn(
                                        out,
                                        "copies",
                                        records,
                                        () -> copied(cluster, topics, records)));
                sla =
                        Math.max(
                                sla,
                                turn(
                                        out,
                                        "SLA job",
                                        records,
                                        () -> counted(cluster, topics, records)));
            }
        }
        out.printf(
                "best: %,.0f %s/s, %.2f of a job that copies them%n", sla, unit(), sla / nothing);
        out.flush();
        return 0;
    }

    /** Of each turn its own: the job goes on where its consumer group has been. */
    private BenchTopics topics(EmbeddedBroker broker, int turn) throws Exception {
        BenchTopics topics =
                new BenchTopics(
                        broker.bootstrapServers(),
                        new TopicPrefix("bench-sla-" + turn + "."),
                        Math.max(2, parallelism));
        topics.create();
        return topics;
    }

    private String unit() {
        return workerEvents ? "worker events" : "outcomes";
    }

    private double copied(FlinkMiniCluster cluster, BenchTopics topics, long records) {
        String topic = workerEvents ? topics.workerEvents() : topics.outcomes();
        Watch watch =
                new Watch(topics, topics.copies(), record -> OptionalLong.of(record.timestamp()));
        Consumer<StreamExecutionEnvironment> job = env -> NothingJob.define(env, topics, topic);
        JobID[] submitted = new JobID[1];
        Measurement measured =
                watch.measure(Math.toIntExact(records), () -> submitted[0] = submit(cluster, job));
        cluster.cancel(submitted[0]);
        return measured.perSecond();
    }

    private double counted(FlinkMiniCluster cluster, BenchTopics topics, long records)
            throws Exception {
        Consumer<StreamExecutionEnvironment> job =
                env ->
                        SlaJob.define(
                                env,
                                "--sluice.kafka.bootstrap-servers",
                                topics.bootstrapServers(),
                                "--sluice.kafka.topic-prefix",
                                topics.prefix().value(),
                                "--" + SlaOptions.CHECKPOINT_INTERVAL.key(),
                                // How far it has read the reports of workers is told at
                                // checkpoints.
                                workerEvents ? "1 s" : "10 s");
        try (SlaWatch watch = new SlaWatch(topics, outcomes)) {
            JobID submitted = submit(cluster, job);
            long startNanos = System.nanoTime();
            double perSecond = watch.perSecond();
            if (workerEvents) {
                awaitEventsRead(topics);
                perSecond = records * 1e9 / (System.nanoTime() - startNanos);
            }
            cluster.cancel(submitted);
            return perSecond;
        }
    }

    private static void awaitEventsRead(BenchTopics topics) throws Exception {
        try (GroupProgress read =
                new GroupProgress(topics, topics.workerEvents(), SlaKafka.GROUP_ID)) {
            Await.until("all worker events to be read", START.multipliedBy(5), read::isDone);
        }
    }

    private JobID submit(FlinkMiniCluster cluster, Consumer<StreamExecutionEnvironment> define) {
        Configuration configuration = new Configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, stateBackend);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
        define.accept(env);
        JobID job = cluster.submit(env);
        cluster.awaitRunning(job, START);
        return job;
    }

    private double turn(PrintWriter out, String job, long records, Callable<Double> run)
            throws Exception {
        long before = processorNanos();
        double perSecond = run.call();
        double micros = (processorNanos() - before) / 1e3 / records;
        out.printf(
                "%-8s  %,9.0f %s/s; %.1f us of processor time each, broker and start included%n",
                job, perSecond, unit(), micros);
        out.flush();
        return perSecond;
    }

    /** Of all threads: on a machine that others load as well, the better measure of the two. */
    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}
