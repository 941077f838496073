package io.sluice.apps.alerts;

import io.sluice.apps.alerts.Delivery.Later;
import io.sluice.apps.alerts.Delivery.Refused;
import io.sluice.apps.alerts.Delivery.Taken;
import io.sluice.apps.alerts.Receiver.Target;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class ReceiverTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;
    private volatile int status = 200;
    private volatile String retryAfter = "";
    private volatile boolean silent;
    private volatile Headers headers;
    private volatile byte[] body;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(
                "/hook",
                exchange -> {
                    headers = exchange.getRequestHeaders();
                    body = exchange.getRequestBody().readAllBytes();
                    if (silent) {
                        awaitEnd();
                    }
                    if (!retryAfter.isEmpty()) {
                        exchange.getResponseHeaders().set("Retry-After", retryAfter);
                    }
                    if (status == 302) {
                        exchange.getResponseHeaders().set("Location", "/hook");
                    }
                    exchange.sendResponseHeaders(status, -1);
                    exchange.close();
                });
        server.start();
    }

    private void awaitEnd() {
        try {
            over.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private Receiver receiver(Duration timeout) {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
        Map<String, String> secret = Map.of("Authorization", "Bearer s3cret");
        return new Receiver(
                new Target(address, Form.WEBHOOK, secret, timeout, ""), Clock.systemUTC());
    }

    private Delivery tell() {
        return receiver(Duration.ofSeconds(30)).tell(Alerts.of("acme", 1, false));
    }

    @Test
    void postsJsonWithTheHeadersOfTheUser() throws Exception {
        assertThat(tell()).isEqualTo(new Taken());
        assertThat(headers.getFirst("Content-Type")).isEqualTo("application/json");
        assertThat(headers.getFirst("Authorization")).isEqualTo("Bearer s3cret");
        assertThat(new ObjectMapper().readTree(body).at("/alerts/0/labels/tenant").asText())
                .isEqualTo("acme");
    }

    @ParameterizedTest
    @CsvSource({"200, true", "202, true", "204, true"})
    void everySuccessIsOne(int code, boolean taken) {
        status = code;
        assertThat(tell() instanceof Taken).isEqualTo(taken);
    }

    @ParameterizedTest
    @CsvSource({"408", "425", "429", "500", "502", "503", "504"})
    void whatPassesIsTriedAgain(int code) {
        status = code;
        assertThat(tell()).isEqualTo(new Later("answered HTTP " + code, null));
    }

    @ParameterizedTest
    @CsvSource({"302", "400", "401", "404", "410", "413"})
    void whatDoesNotPassIsNot(int code) {
        status = code;
        assertThat(tell()).isEqualTo(new Refused("answered HTTP " + code));
    }

    @ParameterizedTest
    @CsvSource({
        "17, 17",
        "999999, ",
        "'Fri, 31 Dec 2027 23:59:59 GMT', ",
        "-3, ",
    })
    void leavesItAloneAsLongAsItAsks(String asked, Integer seconds) {
        status = 503;
        retryAfter = asked;
        Duration wait = seconds == null ? null : Duration.ofSeconds(seconds);
        assertThat(tell()).isEqualTo(new Later("answered HTTP 503", wait));
    }

    @Test
    void oneThatDoesNotAnswerIsTriedAgain() {
        silent = true;
        assertThat(receiver(Duration.ofMillis(300)).tell(Alerts.of("acme", 1, false)))
                .isInstanceOf(Later.class);
    }

    @Test
    void oneThatIsNotThereIsTriedAgain() {
        Receiver receiver = receiver(Duration.ofSeconds(30));
        server.stop(0);
        assertThat(receiver.tell(Alerts.of("acme", 1, false))).isInstanceOf(Later.class);
    }
}
