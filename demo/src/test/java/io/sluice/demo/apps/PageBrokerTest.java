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
import io.sluice.schemas.TrustedRecords;
import io.sluice.schemas.avro.Alert;
import io.sluice.schemas.avro.AlertSeverity;
import io.sluice.schemas.avro.AlertState;
import io.sluice.schemas.avro.BurnRate;
import io.sluice.schemas.avro.SloIndicator;
import io.sluice.schemas.avro.SloObjective;
import io.sluice.schemas.avro.SloScope;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
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
        write(servers, Topic.WORKER_EVENTS, AvroCodec.of(WorkerEvent.class).encode(event), null);
    }

    /** An alert that opened three hours ago, and of which nothing has been said since. */
    private static void alert(String servers) throws Exception {
        Instant opened = Instant.now().minus(Duration.ofHours(3));
        BurnRate burn = new BurnRate(60_000L, opened, 1L, 9L, 18.0);
        TrustedRecords.register();
        Alert alert =
                Alert.newBuilder()
                        .setAlertId("chat/all/PAGE@" + opened.toEpochMilli())
                        .setState(AlertState.OPENED)
                        .setSeverity(AlertSeverity.PAGE)
                        .setObjective(
                                SloObjective.newBuilder()
                                        .setId("chat")
                                        .setIndicator(SloIndicator.SUCCESS)
                                        .setTarget(0.95)
                                        .setPeriodMs(3_600_000L)
                                        .build())
                        .setScope(SloScope.ALL)
                        .setScopeValue("all")
                        .setSeq(1)
                        .setOpenedAt(opened)
                        .setUpdatedAt(opened)
                        .setFactor(14.4)
                        .setLongWindow(burn)
                        .setShortWindow(burn)
                        .setBudgetLeft(-1)
                        .setMessage("burns")
                        .setEmittedAt(opened)
                        .build();
        byte[] value = AvroCodec.of(Alert.class).encode(alert);
        write(servers, Topic.ALERTS, value, opened.toEpochMilli());
    }

    private static void write(String servers, Topic topic, byte[] value, @Nullable Long atMillis)
            throws Exception {
        ByteArraySerializer bytes = new ByteArraySerializer();
        byte[] key = {1};
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(Map.of("bootstrap.servers", servers), bytes, bytes)) {
            String name = topic.name(TopicPrefix.DEFAULT);
            producer.send(new ProducerRecord<>(name, null, atMillis, key, value)).get();
        }
    }

    @Test
    void saysWhatIsMissingAndGoesOnWhereItWas(@TempDir Path folder) throws Exception {
        BrokerSettings settings = BrokerSettings.onFreePorts(folder.resolve("log"));
        try (BrokerProcess broker = BrokerProcess.start(settings, folder)) {
            String servers = broker.bootstrapServers();
            KafkaAccess kafka = KafkaAccess.plain(servers, TopicPrefix.DEFAULT);
            Topics.create(servers, Topic.ALERTS);
            alert(servers);
            try (LivePage page = LivePage.start(kafka, new PageSettings(0, ""))) {
                awaitFeed(page, "TOPICS_MISSING");
                assertThat(state(page).at("/feed/detail").asText()).contains("inference.sla");

                Await.until(
                        "an alert of long ago",
                        PATIENCE,
                        () -> state(page).at("/live/alerts/open").size() == 1);

                Topics.create(
                        servers, Topic.WORKER_EVENTS, Topic.DECISIONS, Topic.OUTCOMES, Topic.SLA);
                report(servers, "one");
                awaitInstances(page, 1);
                Await.until(
                        "what is still missing to be said",
                        PATIENCE,
                        () ->
                                state(page)
                                        .at("/feed/detail")
                                        .asText()
                                        .equals(
                                                "inference.slo, inference.config,"
                                                        + " inference.control"));

                Topics.create(servers, Topic.SLO, Topic.CONFIG, Topic.CONTROL);
                awaitFeed(page, "LIVE");

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
