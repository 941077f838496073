package io.sluice.demo.apps;

import io.sluice.apps.cli.KafkaAccess;
import io.sluice.apps.page.LivePage;
import io.sluice.apps.page.PageSettings;
import io.sluice.demo.broker.BrokerProcess;
import io.sluice.demo.broker.BrokerSettings;
import io.sluice.demo.process.Await;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.Topic;
import io.sluice.schemas.TopicPrefix;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The live page of a broker that has no topics at first, and dies and comes back. */
class PageBrokerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();

    private static JsonNode state(LivePage page) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(page.address() + "/api/state")).build();
        return new ObjectMapper().readTree(CLIENT.send(request, BodyHandlers.ofString()).body());
    }

    private static void awaitFeed(LivePage page, String wanted) {
        Await.until(
                "the page to be " + wanted,
                PATIENCE,
                () -> state(page).at("/feed/state").asText().equals(wanted));
    }

    private static void awaitInstances(LivePage page, int count) {
        Await.until(
                count + " instances on the page",
                PATIENCE,
                () -> state(page).at("/live/fleet/instances").size() == count);
    }

    private static void report(String servers, String instance) throws Exception {
        WorkerEvent event =
                WorkerEvent.newBuilder()
                        .setType(WorkerEventType.REGISTERED)
                        .setInstanceId(instance)
                        .setIncarnation(1)
                        .setSeq(1)
                        .setEpoch(0)
                        .setAt(Instant.now())
                        .setAccepted(List.of())
                        .build();
        ByteArraySerializer bytes = new ByteArraySerializer();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(Map.of("bootstrap.servers", servers), bytes, bytes)) {
            String topic = Topic.WORKER_EVENTS.name(TopicPrefix.DEFAULT);
            byte[] value = AvroCodec.of(WorkerEvent.class).encode(event);
            producer.send(new ProducerRecord<>(topic, value)).get();
        }
    }

    @Test
    void saysWhatIsMissingAndGoesOnWhereItWas(@TempDir Path folder) throws Exception {
        BrokerSettings settings = BrokerSettings.onFreePorts(folder.resolve("log"));
        try (BrokerProcess broker = BrokerProcess.start(settings, folder)) {
            String servers = broker.bootstrapServers();
            KafkaAccess kafka = KafkaAccess.plain(servers, TopicPrefix.DEFAULT);
            try (LivePage page = LivePage.start(kafka, new PageSettings(0, ""))) {
                awaitFeed(page, "TOPICS_MISSING");
                assertThat(state(page).at("/feed/detail").asText()).contains("inference.sla");

                Topics.create(
                        servers, Topic.WORKER_EVENTS, Topic.DECISIONS, Topic.OUTCOMES, Topic.SLA);
                awaitFeed(page, "LIVE");
                report(servers, "one");
                awaitInstances(page, 1);

                broker.kill();
                awaitFeed(page, "UNREACHABLE");
                assertThat(state(page).at("/feed/detail").asText()).contains(servers);
                broker.restart();
                awaitFeed(page, "LIVE");
                report(servers, "two");
                awaitInstances(page, 2);
                assertThat(state(page).at("/live/oddities/repeatedEvents").asInt()).isZero();
            }
        }
    }
}
