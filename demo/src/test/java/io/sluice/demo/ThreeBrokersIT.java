package io.sluice.demo;

import io.sluice.apps.SluiceApps;
import io.sluice.demo.apps.WorkerProcess;
import io.sluice.demo.cluster.FlinkRest;
import io.sluice.demo.process.Await;
import io.sluice.demo.process.AwaitException;
import io.sluice.demo.process.ClassPath;
import io.sluice.demo.process.JavaCommand;
import io.sluice.demo.process.JavaProcess;
import io.sluice.demo.topic.CommittedRecords;
import io.sluice.schemas.Topic;
import io.sluice.schemas.TopicPrefix;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import static io.sluice.demo.LocalInstallation.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code sluice cluster start --brokers 3} from the packaged jars: the loss of one broker, which is
 * the controller too, stops neither the job nor who submits nor who works.
 */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class ThreeBrokersIT {

    /** Requests of three seconds, at the rate of the client. */
    private static final int FURTHER = 45;

    private LocalInstallation cluster;
    private Path folder;
    private final Set<ByteBuffer> ended = new HashSet<>();

    @BeforeEach
    void inAFolder(@TempDir Path folder) {
        this.folder = folder;
        cluster = new LocalInstallation(folder);
    }

    @AfterEach
    void leaveNothingBehind() throws Exception {
        cluster.sluice("cluster", "stop");
    }

    @Test
    void theLossOfABrokerStopsNobody() throws Exception {
        FlinkRest rest = startCluster();
        String brokers = cluster.bootstrapServers();
        String job = submitJob(rest);
        try (JavaProcess worker = WorkerProcess.start(brokers, "gpu-0", folder, "--speedup=200");
                JavaProcess client = submitUntilStopped(brokers);
                KafkaConsumer<byte[], byte[]> outcomes = CommittedRecords.consumer(brokers)) {
            CommittedRecords.fromTheStart(
                    outcomes, List.of(Topic.OUTCOMES.name(TopicPrefix.DEFAULT)));
            Witness witness = new Witness(rest, job, List.of(worker, client));
            awaitFurther(outcomes, witness);

            String lost = killTheController(brokers);

            awaitFurther(outcomes, witness);
            client.terminate(PATIENCE);
            Await.until(
                    "an audit that finds all ended and no promise broken",
                    PATIENCE,
                    () -> apps("audit", "--all-ended") == 0);
            assertThat(cluster.fails("cluster", "status"))
                    .containsPattern(lost + " +\\d+ +dead")
                    .containsPattern("\\d+ of \\d+ partitions lack a copy")
                    .contains(job, "RUNNING");
        }
        assertThat(cluster.succeeds("cluster", "start")).contains("broker-", "ready after");
        assertThat(cluster.succeeds("cluster", "status"))
                .containsPattern("all copies of \\d+ partitions in sync")
                .contains(job, "RUNNING");
        assertThat(cluster.succeeds("cluster", "stop"))
                .contains("broker-1", "broker-2", "broker-3")
                .doesNotContain("killed");
    }

    private FlinkRest startCluster() throws Exception {
        assertThat(cluster.fails("cluster", "start", "--brokers=2")).contains("must be 1, or 3");
        String started =
                cluster.succeeds(
                        "cluster",
                        "start",
                        "--brokers=3",
                        "--task-managers=1",
                        "--web-port=0",
                        "--zookeeper-port=0",
                        "--broker-port=0",
                        "-Djobmanager.memory.process.size=800m",
                        "-Dtaskmanager.memory.process.size=1g");
        assertThat(started).contains("brokers " + cluster.bootstrapServers());
        assertThat(cluster.bootstrapServers().split(",")).hasSize(3);
        assertThat(apps("topics", "create", "--production")).isZero();
        assertThat(apps("topics", "check", "--production")).isZero();
        return new FlinkRest(cluster.page());
    }

    private String submitJob(FlinkRest rest) throws Exception {
        cluster.succeeds(
                "submit", "scheduler", "--", "--sluice.scheduler.checkpoint-interval", "1 s");
        return rest.jobs().get(0).id();
    }

    private JavaProcess submitUntilStopped(String brokers) {
        JavaCommand command =
                new JavaCommand(
                        "client",
                        ClassPath.current(),
                        List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                        SluiceApps.class.getName(),
                        List.of(
                                "replay",
                                "--synthetic",
                                "--limit=1000000",
                                "--rate=15",
                                "--bootstrap-servers=" + brokers));
        return JavaProcess.start(command, folder);
    }

    /** Whoever leads the others is missed most. */
    private String killTheController(String brokers) throws Exception {
        String name;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            name = "broker-" + admin.describeMetadataQuorum().quorumInfo().get().leaderId();
        }
        cluster.kill(name);
        return name;
    }

    private void awaitFurther(KafkaConsumer<byte[], byte[]> outcomes, Witness witness) {
        int enough = ended.size() + FURTHER;
        try {
            Await.until(
                    enough + " requests to have ended",
                    PATIENCE,
                    () -> {
                        witness.requireAlive();
                        outcomes.poll(Duration.ofMillis(100))
                                .forEach(record -> ended.add(ByteBuffer.wrap(record.key())));
                        return ended.size() >= enough;
                    });
        } catch (AwaitException tooLong) {
            throw new AssertionError(ended.size() + " ended; " + witness.account(), tooLong);
        }
    }

    /** What is asked when nothing goes on. */
    private record Witness(FlinkRest rest, String job, List<JavaProcess> processes) {

        void requireAlive() {
            processes.forEach(JavaProcess::requireAlive);
        }

        String account() {
            return "the job: %s; its exceptions: %s; processes: %s"
                    .formatted(
                            rest.status(job),
                            rest.get("/jobs/%s/exceptions".formatted(job)).path("exceptionHistory"),
                            processes.stream().map(JavaProcess::lastLines).toList());
        }
    }

    private int apps(String... command) {
        List<String> line = new ArrayList<>(Arrays.asList(command));
        try {
            line.add("--bootstrap-servers=" + cluster.bootstrapServers());
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return SluiceApps.commandLine().execute(line.toArray(String[]::new));
    }
}
