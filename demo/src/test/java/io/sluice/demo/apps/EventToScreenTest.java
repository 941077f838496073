package io.sluice.demo.apps;

import io.sluice.apps.browser.Chromium;
import io.sluice.apps.browser.Tab;
import io.sluice.apps.cli.KafkaAccess;
import io.sluice.apps.page.LivePage;
import io.sluice.apps.page.PageSettings;
import io.sluice.demo.broker.EmbeddedBroker;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.Topic;
import io.sluice.schemas.TopicPrefix;
import io.sluice.schemas.TrustedRecords;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * How long it takes from a worker event that is handed to a producer until its number is on the
 * screen: through a broker, the page's server and a real browser. Prints it; how fast a machine is
 * decides nothing.
 */
@Timeout(180)
class EventToScreenTest {

    private static final int EVENTS = 40;

    @TempDir private Path folder;

    private static byte[] heartbeat(int running) {
        return AvroCodec.of(WorkerEvent.class)
                .encode(
                        WorkerEvent.newBuilder()
                                .setType(WorkerEventType.HEARTBEAT)
                                .setInstanceId("gpu-1")
                                .setIncarnation(1)
                                .setSeq(running)
                                .setEpoch(0)
                                .setAt(Instant.now())
                                .setAccepted(List.of())
                                .setRunning(running)
                                .build());
    }

    @Test
    void everyEventReachesTheScreen() throws Exception {
        Optional<Path> program = Chromium.installed();
        assumeThat(program).as("a command chromium on the PATH").isPresent();
        TrustedRecords.register();
        ByteArraySerializer bytes = new ByteArraySerializer();
        try (EmbeddedBroker broker = EmbeddedBroker.temporary()) {
            String servers = broker.bootstrapServers();
            Topics.create(servers, Topic.values());
            KafkaAccess kafka = KafkaAccess.plain(servers, TopicPrefix.DEFAULT);
            try (LivePage page = LivePage.start(kafka, new PageSettings(0, ""));
                    KafkaProducer<byte[], byte[]> producer =
                            new KafkaProducer<>(
                                    Map.of("bootstrap.servers", servers), bytes, bytes);
                    Chromium chromium =
                            Chromium.start(program.orElseThrow(), folder.resolve("profile"));
                    Tab tab = chromium.open(URI.create(page.address()), 1280, false)) {
                tab.await("document.querySelector('#feed').hidden");
                show(measure(producer, tab));
                assertThat(tab.complaints()).isEmpty();
            }
        }
    }

    /** Milliseconds of each event; the first warms everything up and is left out. */
    private static double[] measure(KafkaProducer<byte[], byte[]> producer, Tab tab) {
        String topic = Topic.WORKER_EVENTS.name(TopicPrefix.DEFAULT);
        double[] millis = new double[EVENTS];
        for (int i = 0; i <= EVENTS; i++) {
            int running = 10_000 + i;
            long begun = System.nanoTime();
            producer.send(new ProducerRecord<>(topic, 0, null, heartbeat(running)));
            String shown = "%,d of".formatted(running);
            tab.await(
                    "document.querySelector('#fleet').textContent.includes('%s')".formatted(shown));
            if (i > 0) {
                millis[i - 1] = (System.nanoTime() - begun) / 1e6;
            }
        }
        return millis;
    }

    private static void show(double[] millis) {
        Arrays.sort(millis);
        System.out.printf(
                "event to screen, %d events: median %.0f ms, 95 %% within %.0f ms, longest %.0f ms%n",
                millis.length,
                millis[millis.length / 2],
                millis[(int) Math.ceil(millis.length * 0.95) - 1],
                millis[millis.length - 1]);
    }
}
