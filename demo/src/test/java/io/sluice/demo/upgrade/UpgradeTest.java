package io.sluice.demo.upgrade;

import io.sluice.apps.SluiceApps;
import io.sluice.demo.apps.WorkerProcess;
import io.sluice.demo.broker.EmbeddedBroker;
import io.sluice.demo.cluster.FlinkMiniCluster;
import io.sluice.demo.cluster.FlinkRest;
import io.sluice.demo.cluster.MiniClusterSettings;
import io.sluice.demo.cluster.Savepoints;
import io.sluice.demo.process.Await;
import io.sluice.demo.process.JavaProcess;
import io.sluice.jobs.SchedulerJob;

import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A scheduler job that is stopped with a savepoint while requests come and wait, and goes on as
 * another one: at another parallelism, on another state backend, with other policies, as another
 * topology. Nothing is lost, nothing runs twice, and no lane loses its order.
 */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class UpgradeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int REQUESTS = 900;
    private static final int SOME = 60;

    @TempDir private Path folder;
    private EmbeddedBroker broker;
    private FlinkMiniCluster cluster;
    private Ledger ledger;
    private final List<JavaProcess> workers = new ArrayList<>();

    /** One way to run the job. */
    private record Version(
            int parallelism,
            String backend,
            String ordering,
            Consumer<StreamExecutionEnvironment> beside) {}

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.temporary();
        cluster = FlinkMiniCluster.start(new MiniClusterSettings(1, 4, 0, folder));
        assertThat(apps("topics", "create")).isZero();
        ledger = new Ledger(broker.bootstrapServers());
        for (int i = 0; i < 2; i++) {
            String name = "gpu-" + i;
            workers.add(
                    WorkerProcess.start(
                            broker.bootstrapServers(),
                            name,
                            folder.resolve(name),
                            "--dispatch-partition=" + i,
                            "--speedup=30"));
        }
    }

    @AfterEach
    void stop() {
        workers.forEach(JavaProcess::kill);
        ledger.close();
        cluster.close();
        broker.close();
    }

    @Test
    void anotherParallelismBackendPolicyAndTopologyLoseNothing() throws Exception {
        List<Version> versions =
                List.of(
                        new Version(1, "hashmap", "fcfs", env -> {}),
                        new Version(4, "rocksdb", "fcfs", UpgradeTest::anotherPipeline),
                        new Version(2, "hashmap", "sjf", UpgradeTest::anotherPipeline),
                        new Version(1, "rocksdb", "priority", env -> {}));
        CompletableFuture<Integer> load = null;
        String savepoint = "";
        for (Version version : versions) {
            long before = ledger.outcomes();
            JobID job = submit(version, savepoint);
            if (load == null) {
                load = CompletableFuture.supplyAsync(this::replay);
            }
            if (version == versions.get(versions.size() - 1)) {
                break;
            }
            Await.until("outcomes", PATIENCE, () -> ledger.outcomes() >= before + SOME);
            Await.until("some to wait", PATIENCE, () -> ledger.unanswered() >= SOME);
            savepoint =
                    new Savepoints(new FlinkRest(cluster.webUrl()), PATIENCE)
                            .stop(job.toHexString(), null);
        }
        assertThat(load.get()).isZero();
        Await.until("all to end", PATIENCE, () -> ledger.unanswered() == 0);

        JsonNode report = audit();
        System.out.println(report.toPrettyString());
        assertThat(report.path("findings")).isEmpty();
        assertThat(report.path("submitted").asInt()).isEqualTo(REQUESTS);
        assertThat(report.path("open").asInt()).isZero();
        // A client may call off what runs; nothing else is run for nothing.
        assertThat(report.path("wasted").fieldNames())
                .toIterable()
                .allMatch(how -> how.endsWith("/EvictedContextCancelled"));
        assertThat(report.path("compared_pairs").asInt()).isPositive();
    }

    /** Operators that the version before does not have, and one with state among them. */
    private static void anotherPipeline(StreamExecutionEnvironment env) {
        env.fromSequence(0, Long.MAX_VALUE)
                .uid("another-source")
                .sinkTo(new DiscardingSink<>())
                .uid("another-sink");
    }

    private JobID submit(Version version, String savepoint) {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.NAME, SchedulerJob.NAME);
        configuration.set(StateBackendOptions.STATE_BACKEND, version.backend());
        if (!savepoint.isEmpty()) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
            configuration.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true);
        }
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(
                        version.parallelism(), configuration);
        SchedulerJob.define(
                env,
                "--sluice.kafka.bootstrap-servers",
                broker.bootstrapServers(),
                "--sluice.scheduler.checkpoint-interval",
                "1 s",
                "--sluice.scheduler.ordering-policy",
                version.ordering());
        version.beside().accept(env);
        JobID job = cluster.submit(env);
        cluster.awaitRunning(job, PATIENCE);
        return job;
    }

    private int replay() {
        return apps(
                "replay",
                "--synthetic",
                "--limit=" + REQUESTS,
                "--rate=30",
                "--cancels=0.03",
                "--wait-for",
                "--priority-mix=P0=0.2,P2=0.3,P4=0.5",
                "--quiet");
    }

    private int apps(String... command) {
        return execute(new StringWriter(), command);
    }

    private int execute(StringWriter out, String... command) {
        List<String> line = new ArrayList<>(Arrays.asList(command));
        line.addAll(List.of("--bootstrap-servers", broker.bootstrapServers()));
        return SluiceApps.commandLine()
                .setOut(new PrintWriter(out, true))
                .execute(line.toArray(String[]::new));
    }

    private JsonNode audit() throws Exception {
        StringWriter out = new StringWriter();
        execute(out, "audit", "--all-ended", "--json");
        return new JsonMapper().readTree(out.toString());
    }
}
