package io.sluice.apps.page;

import io.sluice.apps.page.FeedStatus.State;
import io.sluice.apps.page.live.LiveModel;
import io.sluice.apps.time.SetClock;

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
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Who gets to see the page, and where it may listen. */
@Timeout(60)
class PageAccessTest {

    private static final String TOKEN = "0123456789abcdef-token";
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();

    @TempDir private Path folder;
    private final SetClock clock = new SetClock();
    private PageAccess access;
    private PageServer server;

    @BeforeEach
    void start() throws Exception {
        access = PageAccess.of("127.0.0.1", file(TOKEN + "\n"));
        FeedStatus feed = new FeedStatus(State.LIVE, 0, "");
        Frames frames = new Frames(new LiveModel(), () -> feed, "", clock);
        server = PageServer.start(0, access, frames, List.of(), clock);
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
                URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder bearer(String token) {
        return request("/api/state").header("Authorization", "Bearer " + token);
    }

    private static String passOf(HttpResponse<String> login) {
        String cookie = login.headers().firstValue("Set-Cookie").orElseThrow();
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private HttpRequest.Builder form(String token) {
        return request("/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("token=" + token));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/page.js",
                "/api/state",
                "/api/stream",
                "/metrics",
                "/login/",
                "/absent"
            })
    void nobodyGetsInWithoutTheToken(String path) throws Exception {
        assertThat(send(request(path)).statusCode()).isEqualTo(401);
        assertThat(send(request(path).header("Authorization", "Bearer wrong")).statusCode())
                .isEqualTo(401);
        assertThat(send(request(path).header("Cookie", Gate.COOKIE + "=" + TOKEN)).statusCode())
                .isEqualTo(401);
        HttpResponse<String> browser = send(request(path).header("Accept", "text/html"));
        assertThat(browser.statusCode()).isEqualTo(303);
        assertThat(browser.headers().firstValue("Location").orElseThrow()).endsWith("/login");
        assertThat(browser.headers().firstValue("Content-Security-Policy")).isPresent();
    }

    @Test
    void programsShowItAsABearerToken() throws Exception {
        HttpResponse<String> answer = send(bearer(TOKEN));
        assertThat(answer.statusCode()).isEqualTo(200);
        HttpResponse<String> metrics =
                send(request("/metrics").header("Authorization", "Bearer " + TOKEN));
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/plain; version=0.0.4");
        assertThat(metrics.body()).contains("sluice_page_open_streams 0\n");
    }

    @Test
    void aBrowserThatShowedItIsKnownByACookieThatDoesNotTellIt() throws Exception {
        HttpResponse<String> answer = send(form(TOKEN));
        assertThat(answer.statusCode()).isEqualTo(303);
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Strict").doesNotContain(TOKEN);
        String pair = passOf(answer);
        assertThat(send(request("/").header("Cookie", pair)).statusCode()).isEqualTo(200);
        assertThat(send(request("/").header("Cookie", pair + "0")).statusCode()).isEqualTo(401);
    }

    @Test
    void aWrongTokenIsSaidAndGivesNoCookie() throws Exception {
        HttpResponse<String> answer = send(form("wrong"));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("That is not the token of this page");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void guessingIsSlowInTheFormAndAsABearerToken() throws Exception {
        String pass = passOf(send(form(TOKEN)));
        for (int i = 0; i < 3; i++) {
            assertThat(send(form("guess-" + i)).statusCode()).isEqualTo(401);
        }
        for (int i = 0; i < 2; i++) {
            assertThat(send(bearer("guess")).statusCode()).isEqualTo(401);
        }
        HttpResponse<String> form = send(form(TOKEN));
        assertThat(form.statusCode()).isEqualTo(429);
        assertThat(form.body()).contains("Too many wrong tokens");
        assertThat(form.headers().firstValue("Retry-After")).hasValue("60");
        assertThat(form.headers().firstValue("Set-Cookie")).isEmpty();
        HttpResponse<String> program = send(bearer(TOKEN));
        assertThat(program.statusCode()).isEqualTo(429);
        assertThat(program.headers().firstValue("Retry-After")).hasValue("60");
        assertThat(program.body()).contains("too many wrong tokens").doesNotContain("state");

        assertThat(send(request("/api/state").header("Cookie", pass)).statusCode())
                .as("who is in stays in")
                .isEqualTo(200);
        clock.pass(Duration.ofMinutes(1));
        assertThat(send(bearer(TOKEN)).statusCode()).isEqualTo(200);
        assertThat(send(form(TOKEN)).statusCode()).isEqualTo(303);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "http://127.0.0.1", "::"})
    void aFormOfAnotherSiteIsRefused(String origin) throws Exception {
        HttpResponse<String> answer = send(form(TOKEN).header("Origin", origin));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void anotherTokenEndsThePassesOfTheLast() throws Exception {
        PageAccess next = PageAccess.of("127.0.0.1", file("another-token-0123456789"));
        assertThat(next.isPass(access.pass())).isFalse();
        assertThat(next.isPass(next.pass())).isTrue();
        assertThat(PageAccess.LOOPBACK.isToken("")).isFalse();
        assertThat(PageAccess.LOOPBACK.isPass("")).isFalse();
    }

    @Test
    void otherMachinesNeedAToken() throws Exception {
        assertThatThrownBy(() -> PageAccess.of("0.0.0.0", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--bind 0.0.0.0 lets other machines in")
                .hasMessageContaining("--token-file");
        assertThat(PageAccess.of("0.0.0.0", file(TOKEN)).needsToken()).isTrue();
        assertThat(PageAccess.of("localhost", null).needsToken()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "no address", ""})
    void anAddressOfAnotherMachineIsRefused(String address) {
        assertThatThrownBy(() -> PageAccess.of(address, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--bind must be an address of this machine");
    }

    @ParameterizedTest
    @CsvSource({"''", "short", "two lines of a token", "0123456789abcdéf"})
    void aTokenThatIsTooWeakOrNoneIsRefused(String content) throws Exception {
        Path file = file(content);
        assertThatThrownBy(() -> PageAccess.of("127.0.0.1", file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16 to 512 visible ASCII characters");
        assertThatThrownBy(() -> PageAccess.of("127.0.0.1", folder.resolve("absent")))
                .hasMessageContaining("cannot read the token from");
    }
}
