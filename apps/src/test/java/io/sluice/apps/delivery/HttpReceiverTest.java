package io.sluice.apps.delivery;

import io.sluice.apps.delivery.Delivery.Later;
import io.sluice.apps.delivery.Delivery.Refused;
import io.sluice.apps.delivery.Delivery.Taken;
import io.sluice.apps.delivery.HttpReceiver.Target;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class HttpReceiverTest {

    private static final byte[] MESSAGE = {1, 2, 3};
    private static final byte[] ANSWER = {4};

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
                    if (status == 200) {
                        exchange.sendResponseHeaders(status, ANSWER.length);
                        exchange.getResponseBody().write(ANSWER);
                    } else {
                        exchange.sendResponseHeaders(status, -1);
                    }
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

    private HttpReceiver receiver(Duration timeout) {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
        Map<String, String> secret = Map.of("Authorization", "Bearer s3cret");
        return new HttpReceiver(new Target(address, secret, timeout));
    }

    private Delivery tell() {
        return receiver(Duration.ofSeconds(30)).post("text/plain", MESSAGE);
    }

    @Test
    void postsWithTheHeadersOfTheUserAndGivesTheAnswer() {
        Delivery delivery = tell();
        assertThat(delivery).isEqualTo(new Taken(ByteBuffer.wrap(ANSWER)));
        assertThat(headers.getFirst("Content-Type")).isEqualTo("text/plain");
        assertThat(headers.getFirst("Authorization")).isEqualTo("Bearer s3cret");
        assertThat(body).isEqualTo(MESSAGE);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204})
    void everySuccessIsOne(int code) {
        status = code;
        assertThat(tell()).isInstanceOf(Taken.class);
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
        assertThat(receiver(Duration.ofMillis(300)).post("text/plain", MESSAGE))
                .isInstanceOf(Later.class);
    }

    @Test
    void oneThatIsNotThereIsTriedAgain() {
        HttpReceiver receiver = receiver(Duration.ofSeconds(30));
        server.stop(0);
        assertThat(receiver.post("text/plain", MESSAGE)).isInstanceOf(Later.class);
    }
}
