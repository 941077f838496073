package io.sluice.demo.apps;

import io.sluice.apps.SluiceApps;
import io.sluice.demo.broker.EmbeddedBroker;
import io.sluice.demo.process.Await;
import io.sluice.demo.process.ClassPath;
import io.sluice.demo.process.JavaCommand;
import io.sluice.demo.process.JavaProcess;
import io.sluice.schemas.Topic;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads the topic of raw prompts, whose records are easy to tell apart. */
class TailCommandTest {

    private static final String PAYLOADS = "inference.payloads";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static EmbeddedBroker broker;
    private static KafkaProducer<String, String> producer;

    @BeforeAll
    static void writeRecords() throws Exception {
        broker = EmbeddedBroker.temporary();
        Topics.create(broker.bootstrapServers(), Topic.PAYLOADS, Topic.OUTCOMES, Topic.CONTROL);
        producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                broker.bootstrapServers(),
                                "transactional.id",
                                "writer"),
                        new StringSerializer(),
                        new StringSerializer());
        producer.initTransactions();
        write(PAYLOADS, 2, "a", "one", true);
        write(PAYLOADS, 2, "b", "two", true);
        write(PAYLOADS, 2, "a", "undone", false);
        write(PAYLOADS, 2, "a", "three", true);
        write(PAYLOADS, 5, "c", "elsewhere", true);
        write("inference.control", 0, "k", "no record of ours", true);
    }

    @AfterAll
    static void stopBroker() {
        producer.close();
        broker.close();
    }

    private static void write(
            String topic, int partition, String key, String value, boolean commit) {
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(topic, partition, key, value));
        producer.flush();
        if (commit) {
            producer.commitTransaction();
        } else {
            producer.abortTransaction();
        }
    }

    @Test
    void printsWhatIsThereAndEnds() {
        Console tail = run("payloads");

        assertThat(tail.code()).isZero();
        assertThat(tail.err()).isEmpty();
        assertThat(values(tail)).containsExactlyInAnyOrder("one", "two", "three", "elsewhere");
        assertThat(values(run(PAYLOADS, "--partition=2"))).containsExactly("one", "two", "three");
    }

    @Test
    void selectsByPartitionKeyPositionAndNumber() {
        assertThat(values(run("payloads", "--key=a"))).containsExactly("one", "three");
        assertThat(values(run("payloads", "--partition=2", "--max=2")))
                .containsExactly("one", "two");
        // Each transaction ends with a marker that has an offset of its own.
        assertThat(values(run("payloads", "--partition=2", "--from=2")))
                .containsExactly("two", "three");
        assertThat(values(run("payloads", "--partition=2", "--from=999"))).isEmpty();
        assertThat(values(run("payloads", "--from=end"))).isEmpty();
        assertThat(values(run("outcomes"))).isEmpty();
    }

    @Test
    void showsAbortedRecordsWhenAskedTo() {
        assertThat(values(run("payloads", "--partition=2", "--read-committed=false")))
                .containsExactly("one", "two", "undone", "three");
    }

    @Test
    void showsRecordsThatCannotBeRead() {
        assertThat(run("control", "--partition=0").out())
                .singleElement()
                .asString()
                .contains(
                        "\"key\":\"k\"",
                        "\"reason\":\"WRONG_MARKER\"",
                        "\"error\":\"record begins");
    }

    @Test
    void followsUntilItIsStopped(@TempDir Path folder) {
        JavaCommand command =
                new JavaCommand(
                        "tail",
                        ClassPath.current(),
                        List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                        SluiceApps.class.getName(),
                        List.of(
                                "tail",
                                "control",
                                "--follow",
                                "--partition=1",
                                "--bootstrap-servers=" + broker.bootstrapServers()));
        Path printed = folder.resolve("tail.out");
        try (JavaProcess tail = JavaProcess.start(command, folder)) {
            for (String value : List.of("first", "second")) {
                write("inference.control", 1, value, value, true);
                Await.until(
                        value,
                        PATIENCE,
                        () -> Files.readString(printed).contains("\"key\":\"" + value + "\""));
            }

            assertThat(tail.terminate(PATIENCE)).isTrue();

            assertThat(tail.exitValue()).isZero();
            assertThat(printed).content().hasLineCount(2);
        }
    }

    private static Console run(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "tail";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Console.run(broker.bootstrapServers(), all);
    }

    private static List<String> values(Console tail) {
        return tail.out().stream()
                .map(line -> line.substring(line.indexOf("\"value\":\"") + 9, line.length() - 2))
                .toList();
    }
}
