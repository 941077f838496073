package io.sluice.apps.page;

import io.sluice.apps.browser.Chromium;
import io.sluice.apps.browser.Tab;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

import static org.assertj.core.api.Assumptions.assumeThat;

/** A scene, the server that shows it, and a real browser that looks at it. */
@Timeout(180)
abstract class BrowserScene {

    static final int WIDE = 1280;
    static final int PHONE = 390;

    private static final String READY = "document.body.dataset.ready === 'yes'";

    @TempDir private static Path folder;
    private static Chromium chromium;

    final Scene scene = new Scene();
    PageServer server = PageServer.start(0, scene.frames());

    @BeforeAll
    static void startBrowser() {
        Optional<Path> program = Chromium.installed();
        assumeThat(program).as("a command chromium on the PATH").isPresent();
        chromium = Chromium.start(program.orElseThrow(), folder.resolve("profile"));
    }

    @AfterAll
    static void endBrowser() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    Tab open(int width, boolean dark) {
        return open("/", width, dark);
    }

    Tab open(String path, int width, boolean dark) {
        URI page = URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path));
        Tab tab = chromium.open(page, width, dark);
        tab.await(READY);
        return tab;
    }

    static String text(Tab tab, String selector) {
        return tab.evaluate("document.querySelector('%s').textContent".formatted(selector))
                .asText();
    }
}
