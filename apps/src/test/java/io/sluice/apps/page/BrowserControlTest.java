package io.sluice.apps.page;

import io.sluice.apps.browser.Chromium;
import io.sluice.apps.browser.Tab;
import io.sluice.apps.order.Order;
import io.sluice.apps.order.OrderPlace;
import io.sluice.apps.page.control.ControlDesk;
import io.sluice.apps.page.control.ControlRole;
import io.sluice.apps.page.control.OrderBook;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** The form for orders, in a real browser. That orders have effect is tested with the jobs. */
@Timeout(180)
class BrowserControlTest {

    private static final String TOKEN = "0123456789abcdef-control";

    @TempDir private Path folder;
    private final List<Order> sent = new CopyOnWriteArrayList<>();
    private final Clock clock = Clock.systemUTC();

    private ControlDesk desk() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), TOKEN);
        return new ControlDesk(
                ControlRole.of(file, null, line -> {}),
                order -> {
                    sent.add(order);
                    return new OrderPlace("inference.control", 1, 41 + sent.size());
                },
                new OrderBook(clock),
                clock);
    }

    @Test
    void asksBeforeItSendsAndSaysWhatWasWritten() throws Exception {
        Optional<Path> program = Chromium.installed();
        assumeThat(program).as("a command chromium on the PATH").isPresent();
        Scene scene = new Scene();
        scene.play();
        try (PageServer server =
                        PageServer.start(
                                0,
                                PageAccess.LOOPBACK,
                                scene.frames(),
                                List.of(desk()::configure),
                                clock);
                Chromium chromium =
                        Chromium.start(program.orElseThrow(), folder.resolve("profile"));
                Tab tab =
                        chromium.open(
                                URI.create("http://127.0.0.1:" + server.port()), 390, false)) {
            tab.await("document.querySelector('#control-token') !== null");
            tab.type("#control-token", "a guess at the token");
            tab.click("#control-login button");
            tab.awaitText("#control-said", "that is not the token for orders");
            tab.type("#control-token", TOKEN);
            tab.click("#control-login button");
            tab.await("document.querySelector('#control-instance') !== null");
            tab.await("document.querySelectorAll('#control-instances option').length === 4");

            orders(tab);

            Files.write(Path.of("target", "page-control-390.png"), tab.picture());
            assertThat(tab.evaluate("document.documentElement.scrollWidth").asInt())
                    .isLessThanOrEqualTo(390);
            tab.click("#control-leave");
            tab.await("document.querySelector('#control-token') !== null");
        }
    }

    private void orders(Tab tab) throws Exception {
        tab.type("#control-instance [name=instance]", "gpu-<b>1</b>");
        tab.click("#control-instance [value=drain]");
        tab.await("document.querySelector('dialog').open");
        assertThat(tab.evaluate("document.activeElement.value").asText()).isEqualTo("no");
        tab.awaitText("dialog", "gpu-<b>1</b>");
        Files.write(Path.of("target", "page-confirm-390.png"), tab.picture());
        tab.click("dialog [value=no]");
        tab.awaitText("#control-said", "nothing was ordered");
        assertThat(sent).isEmpty();

        tab.click("#control-instance [value=drain]");
        tab.click("#control-yes");
        tab.awaitText("#control-said", "drain gpu-<b>1</b>: written to inference.control-1-42");
        tab.awaitText("#orders", "written; no effect seen yet");
        assertThat(sent).hasSize(1);
        assertThat(tab.evaluate("document.querySelectorAll('#control b').length").asInt()).isZero();

        tab.type("#control-policies [name=ordering]", "lifo");
        tab.click("#control-policies [value=policy]");
        tab.click("#control-yes");
        tab.awaitText("#control-said", "unknown ordering policy");
        assertThat(tab.evaluate("document.activeElement.name").asText()).isEqualTo("ordering");
        assertThat(sent).hasSize(1);
    }

    @Test
    void isNotThereWhereNoOrdersAreTaken() throws Exception {
        Optional<Path> program = Chromium.installed();
        assumeThat(program).as("a command chromium on the PATH").isPresent();
        try (PageServer server = PageServer.start(0, new Scene().frames());
                Chromium chromium =
                        Chromium.start(program.orElseThrow(), folder.resolve("profile"));
                Tab tab =
                        chromium.open(
                                URI.create("http://127.0.0.1:" + server.port()), 1280, false)) {
            tab.await("document.body.dataset.ready === 'yes'");
            assertThat(tab.evaluate("document.querySelector('#control').hidden").asBoolean())
                    .isTrue();
            assertThat(tab.evaluate("document.querySelectorAll('#control form').length").asInt())
                    .isZero();
            assertThat(tab.complaints()).isEmpty();
        }
    }
}
