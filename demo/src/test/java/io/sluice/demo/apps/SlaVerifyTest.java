package io.sluice.demo.apps;

import io.sluice.demo.broker.EmbeddedBroker;
import io.sluice.demo.cluster.FlinkMiniCluster;
import io.sluice.demo.cluster.MiniClusterSettings;
import io.sluice.demo.process.Await;
import io.sluice.jobs.SlaJob;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.avro.LatencySummary;
import io.sluice.schemas.avro.RequestOutcome;
import io.sluice.schemas.avro.SlaScope;
import io.sluice.schemas.avro.SlaWindow;
import io.sluice.schemas.avro.SloStatus;

import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The SLA job on a real broker over 5,000 outcomes of 100 s of log time, of 60 tenants of whom 20
 * have windows of their own, with repetitions and something late; and the command that reckons its
 * windows anew. Then windows are falsified, and it finds them.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SlaVerifyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int COUNT = 5_000;

    /** The stretch that is verified; log time ends later. */
    private static final Instant FROM = Instant.ofEpochMilli(1_700_000_000_000L);

    private static final Instant TO = FROM.plusSeconds(100);

    private static EmbeddedBroker broker;
    private static OutcomeTopics topics;
    private static FlinkMiniCluster cluster;
    private static JobID job;

    @BeforeAll
    static void runTheJob(@TempDir Path folder) throws Exception {
        broker = EmbeddedBroker.temporary();
        topics = new OutcomeTopics(broker.bootstrapServers());
        cluster = FlinkMiniCluster.start(new MiniClusterSettings(1, 2, 0, folder));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(2);
        Path objectives =
                Files.writeString(
                        folder.resolve("slo.json"),
                        """
                        [{"id": "first", "indicator": "TTFT", "threshold_ms": 1000, "target": 0.9,
                          "period": "60s", "per": "TENANT"},
                         {"id": "targets", "indicator": "JOINT", "target": 0.5, "period": "30s", "per": "PRIORITY"},
                         {"id": "of-one", "tenant": "t7", "indicator": "SUCCESS", "target": 0.99,
                          "period": "60s", "per": "INSTANCE"}]
                        """);
        Map<String, String> options =
                Map.of(
                        "sluice.sla.objectives", objectives.toString(),
                        "sluice.sla.slo-slot", "1 s",
                        "sluice.kafka.bootstrap-servers", broker.bootstrapServers(),
                        "sluice.scheduler.checkpoint-interval", "1 s",
                        "sluice.sla.window", "1 s",
                        "sluice.sla.roll-ups", "5 s;20 s;100 s",
                        "sluice.sla.allowed-lateness", "3 s",
                        "sluice.sla.early-firing", "100 ms",
                        // Nobody works here: without this, silent worker events hold log time back.
                        "sluice.sla.source-idleness", "3 s",
                        "sluice.sla.max-series", "20");
        SlaJob.define(
                env,
                options.entrySet().stream()
                        .flatMap(o -> Stream.of("--" + o.getKey(), o.getValue()))
                        .toArray(String[]::new));
        job = cluster.submit(env);
        cluster.awaitRunning(job, PATIENCE);
    }

    @AfterAll
    static void stop() {
        cluster.close();
        topics.close();
        broker.close();
    }

    @Test
    @Order(1)
    void everyPublishedWindowEqualsTheRecomputation() throws Exception {
        Random random = new Random(11);
        for (int i = 0; i < COUNT; i++) {
            Instant at = FROM.plusMillis(20L * i);
            RequestOutcome outcome = OutcomeTopics.random(random, i, at);
            topics.outcome(outcome, at);
            if (i % 50 == 7) {
                topics.outcome(outcome, at.plusMillis(5));
            }
        }
        // What has ended is known by a later window that is complete.
        topics.moveLogTime(TO.plusSeconds(60));
        topics.moveLogTime(TO.plusSeconds(120));
        Await.until("the windows to be final", PATIENCE, SlaVerifyTest::isAllFinal);
        topics.outcome(OutcomeTopics.random(random, COUNT, FROM), FROM.plusSeconds(3));
        Await.until("the late one to be reported", PATIENCE, () -> verify().contains("1 too late"));

        Console console = run();

        assertThat(String.join("\n", console.out()))
                .as("exit code %d", console.code())
                .contains("5000 outcomes count; 100 repeated, 1 too late, 0 unreadable")
                .contains("0 differ, 0 missing, 0 surplus; 0 may still change")
                .contains("All is exact, percentiles within the stated 0.78 %")
                .containsPattern("objectives: \\d+ series, [1-9]\\d+ windows compared, 0 differ")
                // Of sixty tenants twenty have series of their own.
                .contains("21 series share one")
                .contains("1 s ", "5 s ", "20 s", "100 s")
                .contains(
                        "queue_wait", "ttft_from_dispatch", "tpot", "e2e", "attainment", "goodput");
        assertThat(console.code()).isZero();
    }

    @Test
    @Order(2)
    void aFalsifiedPercentileIsFound() throws Exception {
        cluster.cancel(job);
        SlaWindow honest = topics.newestWindow(20_000);
        LatencySummary ttft = honest.getTtft();
        topics.window(
                SlaWindow.newBuilder(honest)
                        .setTtft(
                                LatencySummary.newBuilder(ttft)
                                        .setP99Ms(ttft.getP99Ms() * 1.02)
                                        .build())
                        .build());

        Console console = run();

        assertThat(console.code()).isEqualTo(1);
        assertThat(console.out())
                .filteredOn(line -> line.startsWith("DIFFERS"))
                .singleElement()
                .asString()
                .contains("20 s ALL/all: ttft p99");
        assertThat(console.out())
                .last()
                .asString()
                .contains("1 differ, 0 missing", "NOT as promised");

        topics.window(honest);
        assertThat(run().code()).as("put right again").isZero();
    }

    @Test
    @Order(3)
    void aFalsifiedStatusIsFound() throws Exception {
        ConsumerRecord<byte[], byte[]> record = topics.newestStatus("targets", TO);
        SloStatus honest = AvroCodec.of(SloStatus.class).decode(record.value());
        topics.status(record, SloStatus.newBuilder(honest).setGood(honest.getGood() + 1).build());

        Console console = run();

        assertThat(console.code()).isEqualTo(1);
        assertThat(console.out())
                .filteredOn(line -> line.startsWith("DIFFERS"))
                .singleElement()
                .asString()
                .contains("targets/ALL/all at", "period: %d good".formatted(honest.getGood() + 1));

        topics.status(record, honest);
        assertThat(run().code()).as("put right again").isZero();
    }

    @Test
    @Order(4)
    void aWindowOfNobodyAndOneThatIsMissingAreFound() throws Exception {
        SlaWindow window = topics.newestWindow(20_000);
        topics.window(
                SlaWindow.newBuilder(window)
                        .setScope(SlaScope.MODEL)
                        .setScopeValue("nobody")
                        .build());
        RequestOutcome unseen = OutcomeTopics.random(new Random(1), COUNT + 1, FROM);
        unseen =
                RequestOutcome.newBuilder(unseen)
                        .setPriority(4)
                        .setSettledAt(FROM.plusSeconds(50))
                        .build();
        topics.outcome(unseen, FROM.plusSeconds(50));

        Console console = run("--json");

        assertThat(console.code()).isEqualTo(1);
        assertThat(String.join("\n", console.out()))
                .contains("\"windows_surplus\" : 1", "MODEL/nobody")
                .contains("\"windows_missing\" : 4", "PRIORITY/P0");
    }

    private static boolean isAllFinal() {
        Console console = run();
        return console.code() == 0 && String.join("\n", console.out()).contains("; 0 may still");
    }

    private static String verify() {
        return String.join("\n", run().out());
    }

    private static Console run(String... more) {
        String[] arguments =
                Stream.concat(
                                Stream.of(
                                        "sla",
                                        "verify",
                                        "--from=" + FROM,
                                        "--to=" + TO,
                                        "--allowed-lateness=3s"),
                                Stream.of(more))
                        .toArray(String[]::new);
        return Console.run(broker.bootstrapServers(), arguments);
    }
}
