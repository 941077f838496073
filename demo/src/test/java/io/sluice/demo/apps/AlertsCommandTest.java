package io.sluice.demo.apps;

import io.sluice.apps.SluiceApps;
import io.sluice.demo.broker.EmbeddedBroker;
import io.sluice.demo.process.Await;
import io.sluice.demo.process.ClassPath;
import io.sluice.demo.process.FreePorts;
import io.sluice.demo.process.JavaCommand;
import io.sluice.demo.process.JavaProcess;
import io.sluice.demo.process.Programs;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.Alert;
import io.sluice.schemas.avro.AlertSeverity;
import io.sluice.schemas.avro.AlertState;
import io.sluice.schemas.avro.BurnRate;
import io.sluice.schemas.avro.SloIndicator;
import io.sluice.schemas.avro.SloObjective;
import io.sluice.schemas.avro.SloScope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code sluice alerts} as a process that is killed, between a broker and receivers over HTTP. */
@Timeout(300)
class AlertsCommandTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Instant OPENED = Instant.now();
    private static final AvroCodec<Alert> CODEC = AvroCodec.of(Alert.class);

    @TempDir private Path folder;

    /** A receiver that may be down, and keeps what it was told. */
    private static final class Hook implements AutoCloseable {
        private final List<String> told = new CopyOnWriteArrayList<>();
        private final List<String> turnedAway = new CopyOnWriteArrayList<>();
        private final HttpServer server;
        private volatile boolean down;

        Hook() throws Exception {
            InetAddress loopback = InetAddress.getLoopbackAddress();
            server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
            server.createContext(
                    "/",
                    exchange -> {
                        JsonNode message = new ObjectMapper().readTree(exchange.getRequestBody());
                        String what =
                                message.at("/status").asText()
                                        + " "
                                        + message.at("/alerts/0/labels/tenant").asText()
                                        + " "
                                        + message.at("/alerts/0/annotations/summary").asText();
                        (down ? turnedAway : told).add(what);
                        exchange.sendResponseHeaders(down ? 503 : 200, -1);
                        exchange.close();
                    });
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        }

        void awaitTold(String... what) {
            Await.until(
                    "the receiver to be told " + List.of(what) + ", was told " + told,
                    PATIENCE,
                    () -> told.containsAll(List.of(what)));
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    private static Alert alert(String tenant, long seq, boolean over) {
        BurnRate burn =
                BurnRate.newBuilder()
                        .setWindowMs(300_000)
                        .setFrom(OPENED)
                        .setGood(1)
                        .setBad(9)
                        .setBurnRate(18)
                        .build();
        return Alert.newBuilder()
                .setAlertId("ttft/" + tenant + "/PAGE@1")
                .setState(over ? AlertState.RESOLVED : AlertState.UPDATED)
                .setSeverity(AlertSeverity.PAGE)
                .setObjective(
                        SloObjective.newBuilder()
                                .setId("ttft")
                                .setIndicator(SloIndicator.TTFT)
                                .setTarget(0.95)
                                .setPeriodMs(86_400_000)
                                .build())
                .setScope(SloScope.TENANT)
                .setScopeValue(tenant)
                .setSeq(seq)
                .setOpenedAt(OPENED)
                .setUpdatedAt(OPENED)
                .setResolvedAt(over ? OPENED.plusSeconds(1) : null)
                .setFactor(14.4)
                .setLongWindow(burn)
                .setShortWindow(burn)
                .setBudgetLeft(0)
                .setMessage("number " + seq)
                .setCauses(List.of())
                .setEmittedAt(OPENED)
                .build();
    }

    private static void publish(String servers, Alert... alerts) throws Exception {
        Topics.publish(
                servers,
                Stream.of(alerts)
                        .map(a -> Topics.record(Topic.ALERTS, a.getAlertId(), CODEC.encode(a)))
                        .toList());
    }

    private JavaProcess start(String servers, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("alerts", "--bootstrap-servers=" + servers));
        arguments.addAll(List.of(options));
        JavaCommand command =
                new JavaCommand(
                        "alerts",
                        ClassPath.current(),
                        List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                        SluiceApps.class.getName(),
                        arguments);
        return JavaProcess.start(command, folder);
    }

    @Test
    void everyAlertIsToldThroughOutagesAndKillsAndNoneOverAndOver() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.temporary();
                Hook hook = new Hook()) {
            String servers = broker.bootstrapServers();
            Topics.create(servers, Topic.ALERTS);
            publish(servers, alert("over", 2, true), alert("acme", 1, false));

            String webhook = "--webhook=" + hook.url();
            try (JavaProcess alerts = start(servers, webhook)) {
                hook.awaitTold("firing acme number 1");
                publish(servers, alert("acme", 2, false));
                hook.awaitTold("firing acme number 2");
                hook.down = true;
                publish(servers, alert("acme", 3, false), alert("umbra", 1, false));
                Await.until("an attempt that fails", PATIENCE, () -> !hook.turnedAway.isEmpty());
                alerts.kill();
            }
            int turnedAwayBefore = hook.turnedAway.size();
            // What a job writes again after a recovery is known to the next process, too.
            publish(servers, alert("acme", 1, false), alert("umbra", 2, true));
            try (JavaProcess alerts = start(servers, webhook)) {
                Await.until(
                        "the next process to try",
                        PATIENCE,
                        () -> hook.turnedAway.size() > turnedAwayBefore);
                hook.down = false;
                hook.awaitTold("firing acme number 3", "resolved umbra number 2");
                publish(servers, alert("acme", 4, true));
                hook.awaitTold("resolved acme number 4");
                assertThat(alerts.terminate(PATIENCE)).isTrue();
                assertThat(alerts.exitValue()).isZero();
            }
            try (JavaProcess alerts = start(servers, webhook)) {
                publish(servers, alert("last", 1, false));
                hook.awaitTold("firing last number 1");
                alerts.requireAlive();
            }

            assertThat(Files.readString(folder.resolve("alerts.out")))
                    .contains("RESOLVED ttft/acme/PAGE@1 told")
                    .containsPattern(
                            "told 3, failed attempts [1-9], refused 0, unreadable records 0");
            assertThat(hook.told)
                    .filteredOn(what -> !what.contains("number 2"))
                    .containsExactlyInAnyOrder(
                            "firing acme number 1",
                            "firing acme number 3",
                            "resolved acme number 4",
                            "firing last number 1");
            assertThat(hook.told).doesNotContain("resolved over number 2");
        }
    }

    @Test
    void aRealAlertmanagerTakesThemOpensThemAndClosesThem() throws Exception {
        Programs.assumeInstalled("prometheus-alertmanager", "prometheus-alertmanager");
        Path config = folder.resolve("alertmanager.yml");
        Files.writeString(config, "route: {receiver: nobody}\nreceivers: [{name: nobody}]\n");
        int port = FreePorts.pick(1).get(0);
        Process manager =
                new ProcessBuilder(
                                "prometheus-alertmanager",
                                "--config.file=" + config,
                                "--storage.path=" + folder.resolve("data"),
                                "--cluster.listen-address=",
                                "--web.listen-address=127.0.0.1:" + port)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("alertmanager.log").toFile())
                        .start();
        String address = "http://127.0.0.1:" + port;
        try (EmbeddedBroker broker = EmbeddedBroker.temporary()) {
            String servers = broker.bootstrapServers();
            Topics.create(servers, Topic.ALERTS);
            publish(servers, alert("acme", 1, false));
            try (JavaProcess alerts = start(servers, "--alertmanager=" + address + "/")) {
                Await.until("an open alert", PATIENCE, () -> open(address).size() == 1);
                JsonNode open = open(address).get(0);
                assertThat(open.at("/labels/tenant").asText()).isEqualTo("acme");
                assertThat(open.at("/annotations/summary").asText()).isEqualTo("number 1");
                assertThat(open.at("/status/state").asText()).isEqualTo("active");
                assertThat(open.at("/fingerprint").asText()).matches("[0-9a-f]{16}");

                publish(servers, alert("acme", 2, true));
                Await.until("no open alert", PATIENCE, () -> open(address).isEmpty());
                alerts.requireAlive();
            }
        } finally {
            manager.destroyForcibly().waitFor();
        }
    }

    private static JsonNode open(String address) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address + "/api/v2/alerts")).build();
        return new ObjectMapper()
                .readTree(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body());
    }
}
