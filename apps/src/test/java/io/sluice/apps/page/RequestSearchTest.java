package io.sluice.apps.page;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.page.request.Finder;
import io.sluice.apps.page.request.RequestSearch;
import io.sluice.schemas.Topic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** What the server answers to who asks for a request. */
@Timeout(60)
class RequestSearchTest {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROMPT = "tell <b>me</b> " + "x".repeat(5_000);

    private Finder finder = (id, progress) -> Findings.of(id, PROMPT, "acme");
    private PageServer server = start(false);

    private PageServer start(boolean prompts) {
        RequestSearch search =
                new RequestSearch(
                        (id, progress) -> finder.find(id, progress), prompts, Clock.systemUTC());
        return PageServer.start(
                0,
                PageAccess.LOOPBACK,
                new Scene().frames(),
                List.of(search::configure),
                Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static String asParameter(String id) {
        return "/api/requests?id=" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    private JsonNode last(String path) throws Exception {
        HttpResponse<String> answer = send(request(path));
        assertThat(answer.statusCode()).isEqualTo(200);
        List<String> lines = answer.body().lines().toList();
        return JSON.readTree(lines.get(lines.size() - 1));
    }

    @Test
    void tellsTheLifeOfARequest() throws Exception {
        finder =
                (id, progress) -> {
                    progress.reading(Topic.DECISIONS, 7, 9);
                    return Findings.of(id, PROMPT, "acme");
                };
        HttpResponse<String> answer = send(request("/api/requests/r-1"));
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/x-ndjson");
        assertThat(answer.headers().firstValue("Content-Security-Policy")).isPresent();
        List<String> lines = answer.body().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).isEqualTo("{\"searching\":\"decisions\",\"done\":7,\"all\":9}");
        JsonNode found = JSON.readTree(lines.get(1)).get("found");
        assertThat(found.at("/read/decisions").asInt()).isEqualTo(7);
        assertThat(found.at("/lives/0/timeline/request_id").asText()).isEqualTo("r-1");
        assertThat(found.at("/lives/0/timeline/headline").asText())
                .contains("EvictedContextCancelled");
        assertThat(found.at("/lives/0/timeline/phases")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "../../etc/passwd", "<script>alert(1)</script>", "ä\n\u0000%2F"})
    void idsAreWhatTheyAre(String id) throws Exception {
        JsonNode found = last(asParameter(id)).get("found");
        assertThat(found.get("request").asText()).isEqualTo(id);
        assertThat(found.at("/lives/0/timeline/request_id").asText()).isEqualTo(id);
    }

    @Test
    void theSameIdOfSeveralTenantsIsToldForEach() throws Exception {
        finder = (id, progress) -> Findings.of(id, PROMPT, "acme", "globex");
        JsonNode found = last("/api/requests/same").get("found");
        assertThat(found.get("tenants").asInt()).isEqualTo(2);
        assertThat(found.at("/lives/0/timeline/fairness_id").asText()).isEqualTo("acme");
        assertThat(found.at("/lives/1/timeline/fairness_id").asText()).isEqualTo("globex");

        String[] many = new String[25];
        for (int i = 0; i < many.length; i++) {
            many[i] = "tenant-" + i;
        }
        finder = (id, progress) -> Findings.of(id, PROMPT, many);
        found = last("/api/requests/same").get("found");
        assertThat(found.get("tenants").asInt()).isEqualTo(25);
        assertThat(found.get("lives")).hasSize(10);
    }

    @Test
    void whatIsNotKnownAndWhatWasNotReadIsSaid() throws Exception {
        finder = (id, progress) -> Findings.none(id);
        JsonNode found = last("/api/requests/never").get("found");
        assertThat(found.get("tenants").asInt()).isZero();
        assertThat(found.get("lives")).isEmpty();
        assertThat(found.at("/unread/0").asText()).isEqualTo("decisions: 5 of 9");
        finder =
                (id, progress) -> {
                    throw new CommandException("no Kafka broker answers on localhost:1");
                };
        assertThat(last("/api/requests/r").get("error").asText())
                .isEqualTo("no Kafka broker answers on localhost:1");
    }

    @Test
    void promptsAreShownOnlyWhereTheyMayBe() throws Exception {
        HttpResponse<String> without = send(request("/api/requests/r"));
        assertThat(without.body()).doesNotContain("tell", "xxx");

        server.close();
        server = start(true);
        JsonNode prompt = last("/api/requests/r").at("/found/lives/0/prompts/0");
        assertThat(prompt.get("text").asText()).startsWith("tell <b>me</b> xxx").hasSize(4_000);
        assertThat(prompt.get("bytes").asInt()).isEqualTo(PROMPT.length());
        assertThat(prompt.get("cut").asBoolean()).isTrue();
    }

    @Test
    void whatNoRequestIsCalledIsRefused() throws Exception {
        assertThat(send(request("/api/requests")).statusCode()).isEqualTo(400);
        assertThat(send(request(asParameter(" "))).statusCode()).isEqualTo(400);
        assertThat(send(request(asParameter("x".repeat(513)))).body())
                .contains("the id has 513 bytes; no request has one of more than 512");
        assertThat(send(request("/api/requests/r").header("Sec-Fetch-Site", "cross-site")))
                .extracting(HttpResponse::statusCode)
                .isEqualTo(403);
    }

    @Test
    void fewGoOnAtATime() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        CompletableFuture<Void> end = new CompletableFuture<>();
        finder =
                (id, progress) -> {
                    begun.countDown();
                    end.join();
                    return Findings.none(id);
                };
        HttpRequest search = request("/api/requests/r").build();
        List<CompletableFuture<HttpResponse<String>>> both =
                List.of(
                        CLIENT.sendAsync(search, BodyHandlers.ofString()),
                        CLIENT.sendAsync(search, BodyHandlers.ofString()));
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        HttpResponse<String> third = send(request("/api/requests/r"));
        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(third.headers().firstValue("Retry-After")).hasValue("2");
        end.complete(null);
        assertThat(both).allSatisfy(a -> assertThat(a.get().statusCode()).isEqualTo(200));
        assertThat(send(request("/api/requests/r")).statusCode()).isEqualTo(200);
    }

    @Test
    void aSearchEndsWhenTheBrowserLeaves() throws Exception {
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        finder =
                (id, progress) -> {
                    try {
                        for (long done = 0; ; done++) {
                            progress.reading(Topic.DECISIONS, done, Long.MAX_VALUE);
                        }
                    } catch (RuntimeException gone) {
                        ended.complete(gone);
                        throw new CommandException("ended", gone);
                    }
                };
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            String get = "GET /api/requests/r HTTP/1.1\r\nHost: localhost\r\n\r\n";
            socket.getOutputStream().write(get.getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isPositive();
        }
        assertThat(ended.get(30, TimeUnit.SECONDS)).hasMessageContaining("has left");
    }
}
