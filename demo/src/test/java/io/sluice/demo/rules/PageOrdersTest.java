package io.sluice.demo.rules;

import io.sluice.apps.browser.Chromium;
import io.sluice.apps.browser.Tab;
import io.sluice.apps.cli.KafkaAccess;
import io.sluice.apps.page.LivePage;
import io.sluice.apps.page.PageAccess;
import io.sluice.apps.page.PageSettings;
import io.sluice.apps.page.control.ControlRole;
import io.sluice.demo.process.JavaProcess;
import io.sluice.schemas.avro.Outcome;
import io.sluice.schemas.avro.WorkerEventType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Orders that are given on the live page, in a real browser, to a running job and its worker. */
@ExtendWith(Stage.Extension.class)
class PageOrdersTest {

    private static final String TOKEN = "0123456789abcdef-control";
    private static final String FLEET = "#fleet";
    private static final String ORDERS = "#orders";

    @TempDir private Path folder;
    private final List<String> audit = new CopyOnWriteArrayList<>();

    private LivePage page(Scene scene) throws Exception {
        Path file = Files.writeString(folder.resolve("token"), TOKEN);
        KafkaAccess kafka = KafkaAccess.plain(scene.stage().bootstrapServers(), scene.prefix());
        ControlRole role = ControlRole.of(file, null, audit::add);
        return LivePage.start(kafka, new PageSettings(0, PageAccess.LOOPBACK, "", role, false));
    }

    @Test
    void drainsAnInstanceAndCancelsARequest(Stage stage) throws Exception {
        Optional<Path> program = Chromium.installed();
        assumeThat(program).as("a command chromium on the PATH").isPresent();
        try (Scene scene = new Scene(stage, "page-orders");
                SchedulerRun job = SchedulerRun.start(scene, Blueprint.Change.NONE);
                JavaProcess worker = RealWorker.start(scene, "gpu-1", 0, folder, "--lease=1h");
                LivePage page = page(scene);
                Chromium chromium =
                        Chromium.start(program.orElseThrow(), folder.resolve("profile"));
                Tab tab = chromium.open(URI.create(page.address()), 1280, false)) {
            tab.awaitText(FLEET, "taking work");
            tab.type("#control-token", TOKEN);
            tab.click("#control-login button");

            scene.submit(RealWorker.running("long", 1_500));
            scene.awaitEvent(WorkerEventType.FIRST_TOKEN, "long");
            cancels(tab);
            assertThat(scene.awaitOutcome(job, "long").getOutcome())
                    .isEqualTo(Outcome.EvictedContextCancelled);

            drains(tab);
            worker.requireAlive();
            assertThat(tab.complaints()).isEmpty();
        }
        assertThat(audit)
                .extracting(line -> line.replaceFirst("^\\S+ control \\S+ ", ""))
                .satisfies(
                        lines -> {
                            assertThat(lines).hasSize(4);
                            assertThat(lines.get(1))
                                    .startsWith("accepted \"cancel request long of tenant");
                            assertThat(lines.get(2)).startsWith("accepted \"drain gpu-1");
                            assertThat(lines.get(3)).startsWith("accepted \"have gpu-1 take work");
                        });
    }

    private static void cancels(Tab tab) {
        tab.type("#control-request [name=request]", "long");
        tab.click("#control-request [value=cancel]");
        tab.click("#control-yes");
        tab.awaitText(ORDERS, "EvictedContextCancelled");
    }

    private static void drains(Tab tab) throws Exception {
        tab.type("#control-instance [name=instance]", "gpu-1");
        tab.click("#control-instance [value=drain]");
        tab.click("#control-yes");
        tab.awaitText(FLEET, "draining");
        tab.awaitText(ORDERS, "its worker says that it drains");
        Files.write(Path.of("target", "page-orders.png"), tab.picture());

        tab.type("#control-instance [name=instance]", "gpu-1");
        tab.click("#control-instance [value=undrain]");
        tab.click("#control-yes");
        tab.awaitText(FLEET, "taking work");
        tab.awaitText(ORDERS, "its worker says that it takes work");
    }
}
