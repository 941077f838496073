package io.sluice.apps.page;

import io.sluice.apps.browser.Chromium;
import io.sluice.apps.browser.Tab;
import io.sluice.apps.page.control.ControlDesk;
import io.sluice.apps.time.SetClock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** A page with a token, in a real browser. */
@Timeout(180)
class BrowserLoginTest {

    private static final String SEND =
            "document.querySelector('#token').value = '%s'; document.querySelector('form').requestSubmit()";

    @TempDir private Path folder;
    private final SetClock clock = new SetClock();

    @Test
    void aBrowserIsAskedForTheTokenAndThenShownThePage() throws Exception {
        Optional<Path> program = Chromium.installed();
        assumeThat(program).as("a command chromium on the PATH").isPresent();
        Scene scene = new Scene();
        scene.play();
        Path file = Files.writeString(folder.resolve("token"), "0123456789abcdef");
        PageAccess access = PageAccess.of("127.0.0.1", file);
        try (PageServer server =
                        PageServer.start(
                                0, access, scene.frames(), List.of(ControlDesk::closed), clock);
                Chromium chromium =
                        Chromium.start(program.orElseThrow(), folder.resolve("profile"));
                Tab tab =
                        chromium.open(
                                URI.create("http://127.0.0.1:" + server.port()), 390, false)) {
            tab.await("document.querySelector('#token') !== null");
            assertThat(tab.evaluate("document.activeElement.id").asText()).isEqualTo("token");
            tab.evaluate(SEND.formatted("guess"));
            awaitNext(tab, "document.querySelector('[role=alert]') !== null");
            Files.write(Path.of("target", "page-login.png"), tab.picture());
            for (int i = 1; i < 5; i++) {
                tab.evaluate("document.querySelector('[role=alert]').remove()");
                tab.evaluate(SEND.formatted("guess"));
                awaitNext(tab, "document.querySelector('[role=alert]') !== null");
            }
            tab.evaluate(SEND.formatted("0123456789abcdef"));
            awaitNext(tab, "document.querySelector('#again') !== null");
            tab.awaitText("[role=alert]", "Too many wrong tokens");
            Files.write(Path.of("target", "page-login-wait.png"), tab.picture());
            clock.pass(Duration.ofMinutes(1));
            tab.click("#again");
            awaitNext(tab, "document.querySelector('#token') !== null");
            tab.evaluate(SEND.formatted("0123456789abcdef"));
            awaitNext(tab, "document.body?.dataset.ready === 'yes'");
            assertThat(tab.evaluate("document.querySelector('#connection').textContent").asText())
                    .isEqualTo("live");
        }
    }

    /** Waits in the document that follows this one. */
    private static void awaitNext(Tab tab, String expression) {
        try {
            tab.await(expression);
        } catch (IllegalStateException left) {
            tab.await(expression);
        }
    }
}
