package io.sluice.demo.rules;

import io.sluice.apps.browser.Chromium;
import io.sluice.apps.browser.Tab;
import io.sluice.apps.cli.KafkaAccess;
import io.sluice.apps.page.LivePage;
import io.sluice.apps.page.PageAccess;
import io.sluice.apps.page.PageSettings;
import io.sluice.schemas.avro.DispatchCommand;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** The live page, in a real browser, while the job is killed and begins again. */
@ExtendWith(Stage.Extension.class)
class PageRestartTest {

    private static final String HEADS = "document.querySelector('#heads').textContent";

    private static void awaitWaiting(Tab tab, String... requests) {
        for (String request : requests) {
            tab.await("%s.includes('%s')".formatted(HEADS, request));
        }
    }

    /**
     * Two requests wait when the checkpoint is taken, and a third comes after it, which the next
     * attempt of the job assigns again.
     */
    @Test
    void whatWaitsIsShownOnceAndGoesOnToBe(Stage stage, @TempDir Path folder) throws Exception {
        Optional<Path> program = Chromium.installed();
        assumeThat(program).as("a command chromium on the PATH").isPresent();
        try (Scene scene = new Scene(stage, "page-restart");
                SchedulerRun job = SchedulerRun.start(scene, Blueprint.Change.NONE);
                LivePage page = page(scene);
                Chromium chromium =
                        Chromium.start(program.orElseThrow(), folder.resolve("profile"));
                Tab tab = chromium.open(URI.create(page.address()), 1280, false)) {
            ScriptedWorker worker = scene.worker("worker", 0, 1, 1).register();
            scene.submit("running");
            scene.submit("ahead");
            DispatchCommand running = worker.accept("running");
            worker.accept("ahead");
            scene.submit("second-in-line");
            scene.submit("third-in-line");
            awaitWaiting(tab, "second-in-line", "third-in-line");

            job.checkpoint();
            scene.submit("fourth-in-line");
            awaitWaiting(tab, "fourth-in-line");
            job.kill();
            worker.complete(running);
            worker.accept("second-in-line");

            tab.await("!%s.includes('second-in-line')".formatted(HEADS));
            awaitWaiting(tab, "third-in-line", "fourth-in-line");
            tab.await("%s.split('fourth-in-line').length === 2".formatted(HEADS));
            assertThat(tab.complaints()).isEmpty();
        }
    }

    private static LivePage page(Scene scene) {
        KafkaAccess kafka = KafkaAccess.plain(scene.stage().bootstrapServers(), scene.prefix());
        return LivePage.start(kafka, new PageSettings(0, PageAccess.LOOPBACK, "", null, false));
    }
}
