package io.sluice.demo.broker;

import io.sluice.demo.process.Await;
import io.sluice.demo.process.FreePorts;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Three brokers outlive the loss of any one, whatever it led. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ThreeBrokersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int RECORDS = 50;

    @TempDir private Path folder;
    private List<BrokerProcess> brokers = List.of();
    private TestLog log;
    private Admin admin;

    @BeforeEach
    void startAll() {
        List<Integer> ports = FreePorts.pick(2 * Quorum.SAFE);
        List<BrokerSettings> settings =
                BrokerSettings.all(
                        folder,
                        ports.subList(0, Quorum.SAFE),
                        Quorum.of(ports.subList(Quorum.SAFE, 2 * Quorum.SAFE)));
        long startedNanos = System.nanoTime();
        brokers = BrokerProcess.start(settings, folder.resolve("log"));
        print("three brokers ready after", startedNanos);
        String servers = BrokerSettings.bootstrapServers(settings);
        log = new TestLog(servers, "numbers");
        admin = Admin.create(Map.of("bootstrap.servers", servers));
    }

    @AfterEach
    void killAll() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
        brokers.forEach(BrokerProcess::close);
    }

    @Test
    void goOnWithoutAnyOneOfThem() throws Exception {
        BrokerProcess first = broker(controller());
        createTopicLedBy(first.node());
        List<String> written = new ArrayList<>();
        try (KafkaProducer<String, String> producer = producer()) {
            write(producer, "with all", written);

            first.kill();

            long killedNanos = System.nanoTime();
            write(producer, "without the controller and leader", written);
            print("written without the controller and leader after", killedNanos);
            Await.until("its copy to be missed", PATIENCE, () -> copies().behind() > 0);
            assertThat(controller()).isNotEqualTo(first.node());
            assertThat(log.readCommittedAsGroup("readers", written.size()))
                    .containsExactlyElementsOf(written);

            long startedNanos = System.nanoTime();
            first.restart();
            print("killed broker in sync again after", startedNanos);

            // Whoever is asked may hear of it a little later.
            Await.until("all copies to be in sync", PATIENCE, () -> copies().behind() == 0);
            broker(leader()).kill();
            write(producer, "without the next leader", written);
        }
        log.writeInTransaction("in a transaction", true);
        written.add("in a transaction");
        assertThat(log.readCommittedAsGroup("later readers", written.size()))
                .containsExactlyElementsOf(written);
        theLastOneEndsByItself();
    }

    /** With nobody left to agree with on who leads what it led. */
    private void theLastOneEndsByItself() {
        List<BrokerProcess> alive = brokers.stream().filter(BrokerProcess::isAlive).toList();
        assertThat(alive).hasSize(2);
        alive.get(0).kill();
        assertThat(alive.get(1).terminate(PATIENCE)).isTrue();
    }

    private void createTopicLedBy(int node) throws Exception {
        List<Integer> others =
                brokers.stream().map(BrokerProcess::node).filter(id -> id != node).toList();
        List<Integer> replicas = Stream.concat(Stream.of(node), others.stream()).toList();
        admin.createTopics(List.of(new NewTopic("numbers", Map.of(0, replicas)))).all().get();
        Await.until("a leader", PATIENCE, () -> leader() == node);
    }

    private KafkaProducer<String, String> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", log.bootstrapServers(), "acks", "all"),
                new StringSerializer(),
                new StringSerializer());
    }

    /** Each is acknowledged before the next is sent. */
    private static void write(
            KafkaProducer<String, String> producer, String when, List<String> written)
            throws Exception {
        for (String value :
                IntStream.range(0, RECORDS).mapToObj(number -> when + " " + number).toList()) {
            producer.send(new ProducerRecord<>("numbers", value)).get();
            written.add(value);
        }
    }

    private BrokerProcess broker(int node) {
        return brokers.get(node - 1);
    }

    private int controller() throws Exception {
        return admin.describeMetadataQuorum().quorumInfo().get().leaderId();
    }

    private int leader() throws Exception {
        return admin.describeTopics(List.of("numbers"))
                .allTopicNames()
                .get()
                .get("numbers")
                .partitions()
                .get(0)
                .leader()
                .id();
    }

    private PartitionCopies copies() throws Exception {
        return PartitionCopies.of(admin);
    }

    private static void print(String what, long startedNanos) {
        long millis = Duration.ofNanos(System.nanoTime() - startedNanos).toMillis();
        System.out.printf("%s %d ms%n", what, millis);
    }
}
