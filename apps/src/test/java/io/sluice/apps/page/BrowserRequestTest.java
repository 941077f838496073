package io.sluice.apps.page;

import io.sluice.apps.browser.Chromium;
import io.sluice.apps.browser.Tab;
import io.sluice.apps.cli.CommandException;
import io.sluice.apps.page.control.ControlDesk;
import io.sluice.apps.page.request.RequestSearch;
import io.sluice.apps.timeline.TimelineFinding;
import io.sluice.apps.timeline.TimelineReader;
import io.sluice.schemas.Topic;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** The search for a request, in a real browser. */
@Timeout(180)
class BrowserRequestTest {

    private static final String HOSTILE = "<img src=x onerror=\"document.title='taken'\">/%2F";
    private static final String PROMPT = "<script>document.title='taken'</script>";

    @TempDir private Path folder;
    private final CompletableFuture<Void> slow = new CompletableFuture<>();

    private TimelineFinding find(String id, TimelineReader.Progress progress) {
        return switch (id) {
            case "never" -> Findings.none(id);
            case "broken" -> throw new CommandException("no Kafka broker answers on nowhere:1");
            case "slow" -> {
                progress.reading(Topic.DECISIONS, 70_000, 90_000);
                slow.join();
                yield Findings.of(id, PROMPT, "acme");
            }
            default -> Findings.of(id, PROMPT, "acme", "globex");
        };
    }

    private static void search(Tab tab, String id) {
        tab.evaluate("document.querySelector('#request-id').value = '%s'".formatted(id));
        tab.evaluate("document.querySelector('#request-form').requestSubmit()");
    }

    @Test
    void tellsWhatBecameOfIt() throws Exception {
        Optional<Path> program = Chromium.installed();
        assumeThat(program).as("a command chromium on the PATH").isPresent();
        RequestSearch requests = new RequestSearch(this::find, true, Clock.systemUTC());
        try (PageServer server =
                        PageServer.start(
                                0,
                                PageAccess.LOOPBACK,
                                new Scene().frames(),
                                List.of(ControlDesk::closed, requests::configure),
                                Clock.systemUTC());
                Chromium chromium =
                        Chromium.start(program.orElseThrow(), folder.resolve("profile"))) {
            String page = "http://127.0.0.1:%d/".formatted(server.port());
            try (Tab tab = chromium.open(URI.create(page), 390, true)) {
                everyState(tab);
                assertThat(tab.complaints()).isEmpty();
            }
            String hash = URLEncoder.encode(HOSTILE, StandardCharsets.UTF_8).replace("+", "%20");
            try (Tab tab = chromium.open(URI.create(page + "#request=" + hash), 1280, false)) {
                hostile(tab);
                assertThat(tab.complaints()).isEmpty();
            }
        }
    }

    private void everyState(Tab tab) throws Exception {
        search(tab, "never");
        tab.awaitText("#request-said", "Nothing is known of request never");
        tab.awaitText("#request-result", "decisions: 5 of 9");
        search(tab, "broken");
        tab.awaitText("#request-said", "The search failed: no Kafka broker answers on nowhere:1");
        search(tab, "slow");
        tab.awaitText("#request-said", "searching decisions: 70,000 of 90,000 records");
        assertThat(tab.evaluate("location.hash").asText()).isEqualTo("#request=slow");
        slow.complete(null);
        tab.awaitText("#request-result", "Request slow of tenant acme");
        tab.awaitText("#request-result", "waits in a lane");
        tab.awaitText("#request-result", "2.0 s");
        assertThat(tab.evaluate("document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(390);
        Files.write(Path.of("target", "page-request-390.png"), tab.picture());
    }

    private static void hostile(Tab tab) throws Exception {
        tab.awaitText("#request-said", "2 tenants use this id");
        tab.awaitText("#request-result", "Request <img src=x onerror=");
        tab.awaitText("#request-result", "it was <b>its</b> turn");
        tab.awaitText("#request-result pre", "<script>document.title=");
        assertThat(tab.evaluate("document.images.length").asInt()).isZero();
        assertThat(tab.evaluate("document.querySelectorAll('#request b').length").asInt()).isZero();
        assertThat(tab.evaluate("document.title").asText()).isEqualTo("Sluice");
        Files.write(Path.of("target", "page-request-1280.png"), tab.picture());
    }
}
