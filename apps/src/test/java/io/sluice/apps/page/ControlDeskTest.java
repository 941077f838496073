package io.sluice.apps.page;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.order.Order;
import io.sluice.apps.order.OrderPlace;
import io.sluice.apps.page.access.Secret;
import io.sluice.apps.page.control.ControlDesk;
import io.sluice.apps.page.control.ControlRole;
import io.sluice.apps.page.control.OrderBook;
import io.sluice.apps.page.control.Sender;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Who may give orders through the page, and which. */
@Timeout(60)
class ControlDeskTest {

    private static final String TOKEN = "0123456789abcdef-control";
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path folder;
    private final List<Order> sent = new ArrayList<>();
    private final List<String> audit = new CopyOnWriteArrayList<>();
    private final Clock clock = Clock.systemUTC();
    private Sender sender =
            order -> {
                sent.add(order);
                return new OrderPlace("inference.control", 1, sent.size());
            };
    private PageServer server;

    @BeforeEach
    void start() throws Exception {
        ControlRole role = ControlRole.of(file(TOKEN), null, audit::add);
        ControlDesk desk =
                new ControlDesk(role, order -> sender.send(order), new OrderBook(clock), clock);
        server =
                PageServer.start(
                        0,
                        PageAccess.LOOPBACK,
                        new Scene().frames(),
                        List.of(desk::configure),
                        clock);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Path file(String content) throws Exception {
        return Files.writeString(Files.createTempFile(folder, "token", ""), content);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path)))
                .header("Content-Type", "application/json");
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send(request(path).POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> login(String token) throws Exception {
        return post("/api/control/session", "{\"token\": \"%s\"}".formatted(token));
    }

    private HttpRequest.Builder known(String path) throws Exception {
        String cookie = login(TOKEN).headers().firstValue("Set-Cookie").orElseThrow();
        return request(path).header("Cookie", cookie.substring(0, cookie.indexOf(';')));
    }

    private HttpResponse<String> order(String body) throws Exception {
        return send(known("/api/control/orders").POST(BodyPublishers.ofString(body)));
    }

    @Test
    void whoShowedTheTokenGivesOrders() throws Exception {
        HttpResponse<String> answer =
                order("{\"action\": \"drain\", \"instance\": \"gpu-1\", \"reason\": \"hot\"}");

        assertThat(answer.statusCode()).isEqualTo(201);
        JsonNode given = JSON.readTree(answer.body());
        assertThat(given.get("place").asText()).isEqualTo("inference.control-1-1");
        assertThat(given.get("state").asText()).isEqualTo("WRITTEN");
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).event().getInstanceId()).isEqualTo("gpu-1");
        assertThat(sent.get(0).event().getReason()).isEqualTo("hot");
        assertThat(sent.get(0).event().getIssuedBy()).isEqualTo("live page, from 127.0.0.1");
        assertThat(audit)
                .anyMatch(
                        line ->
                                line.endsWith(
                                        "control 127.0.0.1 accepted \"drain gpu-1; written to inference.control-1-1\""));
        JsonNode offer = JSON.readTree(send(known("/api/control")).body());
        assertThat(offer.at("/orders/0/what").asText()).isEqualTo("drain gpu-1");
        assertThat(offer.at("/policies/ordering").toString()).contains("\"sjf\"");
    }

    @Test
    void theCookieTellsNothingAndLastsForTheSession() throws Exception {
        String cookie = login(TOKEN).headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie)
                .contains("HttpOnly", "SameSite=Strict", "Path=/api/control")
                .doesNotContain(TOKEN, "Max-Age", "Expires");
        assertThat(
                        send(request("/api/control")
                                        .header(
                                                "Cookie",
                                                cookie.substring(0, cookie.indexOf(';')) + "0"))
                                .body())
                .contains("\"known\":false");
        HttpResponse<String> end = send(known("/api/control/session").DELETE());
        assertThat(end.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("sluice-control=;")
                .contains("Max-Age=0");
    }

    @Test
    void nobodyElseDoes() throws Exception {
        String drain = "{\"action\": \"drain\", \"instance\": \"gpu-1\"}";
        assertThat(post("/api/control/orders", drain).statusCode()).isEqualTo(401);
        assertThat(login("wrong").statusCode()).isEqualTo(401);
        assertThat(login("wrong").headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(post("/api/control/session", "[").statusCode()).isEqualTo(401);
        assertThat(JSON.readTree(send(request("/api/control")).body()).get("orders")).isEmpty();
        assertThat(sent).isEmpty();
        assertThat(audit).hasSize(4).allMatch(line -> line.contains("127.0.0.1 refused"));
    }

    @Test
    void guessingIsSlow() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(login("guess-" + i).statusCode()).isEqualTo(401);
        }
        HttpResponse<String> answer = login(TOKEN);
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 61L);
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, http://evil.example",
        "Origin, null",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site"
    })
    void anotherSiteOrdersNothing(String header, String value) throws Exception {
        HttpResponse<String> answer =
                send(
                        known("/api/control/orders")
                                .header(header, value)
                                .POST(
                                        BodyPublishers.ofString(
                                                "{\"action\": \"drain\", \"instance\": \"x\"}")));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(sent).isEmpty();
    }

    @Test
    void aFormCannotOrder() throws Exception {
        HttpRequest.Builder form =
                known("/api/control/orders")
                        .setHeader("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString("{\"action\": \"drain\"}"));
        assertThat(send(form).statusCode()).isEqualTo(415);
        assertThat(send(known("/api/control/orders")).statusCode()).isEqualTo(404);
        assertThat(sent).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'action': 'explode'} | action",
                "{} | action",
                "[] | body",
                "{ | body",
                "{'action': 'drain'} | instance",
                "{'action': 'drain', 'instance': 5} | instance",
                "{'action': 'drain', 'instance': 'x', 'request': 'r'} | request",
                "{'action': 'cancel', 'tenant': 'acme'} | request",
                "{'action': 'policy'} | policies",
                "{'action': 'policy', 'ordering': 'lifo'} | ordering",
                "{'action': 'policy', 'routing': 'nearest'} | routing"
            })
    void aWrongValueIsRefusedByName(String body, String field) throws Exception {
        HttpResponse<String> answer = order(body.replace('\'', '"'));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).get("field").asText()).isEqualTo(field);
        assertThat(sent).isEmpty();
    }

    @Test
    void whatIsTooLongIsRefused() throws Exception {
        String id = "x".repeat(513);
        HttpResponse<String> answer =
                order("{\"action\": \"drain\", \"instance\": \"%s\"}".formatted(id));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"instance\"", "has 513 bytes, may have 512");
        assertThat(order("\"" + "x".repeat(5_000) + "\"").statusCode()).isEqualTo(413);
    }

    @Test
    void hostileIdsDoNotCommandTheLog() throws Exception {
        order("{\"action\": \"drain\", \"instance\": \"a\\u001b[2J\\nforged \\u2028line\"}");
        assertThat(sent).hasSize(1);
        assertThat(audit.get(audit.size() - 1))
                .doesNotContain("\n", "\u001b", "\u2028")
                .contains("a\\u001B[2J\\nforged");
    }

    @Test
    void aBrokerThatDoesNotAnswerIsSaid() throws Exception {
        sender =
                order -> {
                    throw new CommandException("no Kafka broker answers on localhost:1");
                };
        HttpResponse<String> answer = order("{\"action\": \"drain\", \"instance\": \"gpu-1\"}");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("no Kafka broker answers on localhost:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/control/orders", "/api/control/session"})
    void withoutTheOptionItSaysWhichOneIsMissing(String path) throws Exception {
        server.close();
        server = PageServer.start(0, new Scene().frames());
        HttpResponse<String> answer = post(path, "{\"action\": \"drain\"}");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body().lines()).hasSize(1);
        assertThat(answer.body()).contains("--control-token-file FILE");
        assertThat(send(request("/api/control")).body()).contains("\"enabled\":false");
    }

    @Test
    void theTokenOfThePageGivesNoOrders() throws Exception {
        Secret viewing = Secret.read("--token-file", file(TOKEN));
        assertThatThrownBy(() -> ControlRole.of(file(TOKEN + "\n"), viewing, audit::add))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hold the same token");
        assertThatThrownBy(() -> ControlRole.of(file("short"), null, audit::add))
                .hasMessageContaining("16 to 512 visible ASCII characters");
    }
}
