package io.sluice.demo.apps;

import io.sluice.apps.SluiceApps;
import io.sluice.demo.broker.EmbeddedBroker;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.Topic;
import io.sluice.schemas.TopicPrefix;
import io.sluice.schemas.avro.ControlEvent;
import io.sluice.schemas.avro.ControlType;
import io.sluice.schemas.avro.SloIndicator;
import io.sluice.schemas.avro.SloScope;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(120)
class ObjectiveCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void ordersReachTheControlTopicInTheirOrder(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("slo.json");
        Files.writeString(
                file,
                """
                [{"id": "a", "indicator": "TTFT", "threshold_ms": 500, "target": 0.9,
                  "period": "1h", "per": "TENANT"},
                 {"id": "b", "indicator": "SUCCESS", "target": 0.99, "period": "1d"}]
                """);
        try (EmbeddedBroker broker = EmbeddedBroker.temporary()) {
            String servers = broker.bootstrapServers();
            Topics.create(servers, Topic.CONTROL);

            assertThat(run("--file", file.toString(), "--bootstrap-servers", servers)).isZero();
            assertThat(run("--remove", "b", "--bootstrap-servers", servers)).isZero();

            assertThat(out.toString()).contains("written to inference.control-");
            List<ControlEvent> orders = orders(servers, 3);
            assertThat(orders)
                    .allSatisfy(o -> assertThat(o.getType()).isEqualTo(ControlType.OBJECTIVE));
            assertThat(orders.get(0).getObjective().getIndicator()).isEqualTo(SloIndicator.TTFT);
            assertThat(orders.get(0).getObjective().getPer()).isEqualTo(SloScope.TENANT);
            assertThat(orders.get(0).getObjective().getPeriodMs()).isEqualTo(3_600_000);
            assertThat(orders.get(1).getObjective().getId()).isEqualTo("b");
            assertThat(orders.get(2).getRemoveObjective()).isEqualTo("b");
        }
    }

    @Test
    void aWrongFileIsNamedWithItsLineBeforeAnythingIsSent(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("slo.json");
        Files.writeString(file, "[\n{\"id\": \"a\", \"treshold\": 5}]");

        assertThat(run("--file", file.toString(), "--bootstrap-servers", "nowhere:1")).isEqualTo(2);
        assertThat(err.toString()).contains("slo.json, line 2: unknown key 'treshold'");
        assertThat(run("--bootstrap-servers", "nowhere:1")).isEqualTo(2);
        assertThat(run("--file", folder + "/none.json", "--bootstrap-servers", "nowhere:1"))
                .isEqualTo(2);
    }

    private int run(String... args) {
        List<String> line = new ArrayList<>(List.of("control", "objective"));
        line.addAll(List.of(args));
        return SluiceApps.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(line.toArray(String[]::new));
    }

    private static List<ControlEvent> orders(String servers, int count) throws Exception {
        Map<String, Object> properties = Map.of("bootstrap.servers", servers);
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        List<ControlEvent> orders = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, bytes, bytes)) {
            String topic = Topic.CONTROL.name(TopicPrefix.DEFAULT);
            List<TopicPartition> partitions =
                    IntStream.range(0, consumer.partitionsFor(topic).size())
                            .mapToObj(partition -> new TopicPartition(topic, partition))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (orders.size() < count) {
                for (ConsumerRecord<byte[], byte[]> record :
                        consumer.poll(Duration.ofMillis(200))) {
                    orders.add(AvroCodec.of(ControlEvent.class).decode(record.value()));
                }
            }
        }
        return orders;
    }
}
