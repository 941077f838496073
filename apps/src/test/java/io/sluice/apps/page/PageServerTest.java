package io.sluice.apps.page;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.page.FeedStatus.State;
import io.sluice.apps.page.live.LiveModel;
import io.sluice.apps.page.live.Records;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Iterator;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the server answers, to browsers and to others. */
@Timeout(60)
class PageServerTest {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LiveModel model = new LiveModel();
    private final PageServer server = PageServer.start(0, frames(model));

    private static Frames frames(LiveModel model) {
        FeedStatus feed = new FeedStatus(State.LIVE, 0, "");
        return new Frames(model, () -> feed, "a note", Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(at(path)).build(),
                BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private void heartbeat(String instance) {
        long now = Clock.systemUTC().millis();
        model.event(Records.heartbeat(instance, 1, 1, 0, now).build(), now);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/page.js", "/lib/uPlot.js", "/lib/uPlot.css", "/api/state", "/absent"})
    void everyAnswerKeepsOtherSitesOut(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(path.equals("/absent") ? 404 : 200);
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/../pom.xml", "/%2e%2e/PageServer.class", "/web/index.html", "/lib/", "//"})
    void nothingElseCanBeAskedFor(String path) throws Exception {
        assertThat(status(path, "127.0.0.1")).isIn(400, 404);
    }

    /** A name of another site that leads to this machine is how its script would get in. */
    @Test
    void itAnswersToItsOwnNamesOnly() throws Exception {
        assertThat(status("/api/state", "localhost")).isEqualTo(200);
        assertThat(status("/api/state", "127.0.0.1:" + server.port())).isEqualTo(200);
        assertThat(status("/api/state", "evil.example:" + server.port())).isEqualTo(421);
        assertThat(status("/api/stream", "evil.example")).isEqualTo(421);
    }

    private int status(String path, String host) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            OutputStream out = socket.getOutputStream();
            String request =
                    "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                            .formatted(path, host);
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.US_ASCII));
            return Integer.parseInt(in.readLine().split(" ")[1]);
        }
    }

    @Test
    void theStateIsWhatTheModelKnows() throws Exception {
        heartbeat("gpu-<1>");
        JsonNode state = JSON.readTree(get("/api/state").body());
        assertThat(state.at("/live/fleet/instances/0/id").asText()).isEqualTo("gpu-<1>");
        assertThat(state.at("/feed/state").asText()).isEqualTo("LIVE");
        assertThat(state.at("/note").asText()).isEqualTo("a note");
        assertThat(state.at("/live/series/ttft/p50")).hasSize(180);
    }

    @Test
    void theStateIsOfWhatIsAskedFor() throws Exception {
        heartbeat("gpu-1");
        heartbeat("gpu-2");
        JsonNode state = JSON.readTree(get("/api/state?instance=GPU-2&tenant=").body());
        assertThat(state.at("/live/fleet/instances")).hasSize(1);
        assertThat(state.at("/live/fleet/instances/0/id").asText()).isEqualTo("gpu-2");
    }

    @Test
    void aStreamBeginsWithTheStateAndGoesOnWithEachChange() throws Exception {
        HttpResponse<Stream<String>> answer = stream();
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/event-stream");
        assertThat(answer.headers().firstValue("Content-Security-Policy")).isPresent();
        try (Stream<String> body = answer.body()) {
            Iterator<String> lines = body.iterator();
            assertThat(instances(lines)).isZero();
            heartbeat("gpu-1");
            int seen = 0;
            while (seen == 0) {
                seen = instances(lines);
            }
            assertThat(seen).isEqualTo(1);
        }
    }

    private HttpResponse<Stream<String>> stream() throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(at("/api/stream"))
                        .header("Accept", "text/event-stream")
                        .build(),
                BodyHandlers.ofLines());
    }

    /** Instances in the next state of a stream. */
    private static int instances(Iterator<String> lines) throws IOException {
        while (true) {
            String line = lines.next();
            if (line.startsWith("data: ")) {
                return JSON.readTree(line.substring(6)).at("/live/fleet/instances").size();
            }
        }
    }

    /** What is thrown of a failure is mapped again, at once and for ever. */
    @Test
    void aFailureOfARequestThatIsGoneEndsThere() {
        Context gone =
                (Context)
                        Proxy.newProxyInstance(
                                Context.class.getClassLoader(),
                                new Class<?>[] {Context.class},
                                (proxy, method, arguments) -> {
                                    throw new IllegalStateException("recycled");
                                });
        assertThatCode(() -> PageServer.failed(new IllegalStateException("closed"), gone))
                .doesNotThrowAnyException();
    }

    @Test
    void aPortInUseIsSaid() {
        assertThatThrownBy(() -> PageServer.start(server.port(), frames(model)))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("port %d for the page is in use", server.port());
    }
}
