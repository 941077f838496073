package io.sluice.demo.run;

import io.sluice.apps.SluiceApps;
import io.sluice.apps.browser.Chromium;
import io.sluice.apps.browser.Tab;
import io.sluice.apps.cli.KafkaAccess;
import io.sluice.apps.cli.SimulatedModel;
import io.sluice.apps.page.LivePage;
import io.sluice.apps.trace.workload.Workload;
import io.sluice.apps.worker.EngineSpec;
import io.sluice.apps.worker.SimulatedWorker;
import io.sluice.apps.worker.WorkerSpec;
import io.sluice.demo.process.Await;
import io.sluice.demo.report.TopicScan;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.DecodeException;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.Alert;
import io.sluice.schemas.avro.AlertSeverity;
import io.sluice.schemas.avro.SloStatus;
import io.sluice.sim.worker.WorkerSettings;

import org.apache.avro.specific.SpecificRecord;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The story that the objectives are for, on the whole pipeline: an instance becomes slow,
 * attainment falls, one page goes out, somebody drains the instance, and the alert ends.
 */
@Timeout(400)
class SlowInstanceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String SLOW = "gpu-slow";
    private static final String FAST = "gpu-1-a100-7b";

    /**
     * Ten times as fast as the real one, which is far below the three seconds of the objective even
     * on a busy machine, and so slow that one step takes longer than that.
     */
    private static final double FAST_SPEED = 10;

    private static final double SLOW_SPEED = 0.004;

    @TempDir private Path folder;
    private final StringWriter said = new StringWriter();

    /** Requests of 50 and 4 tokens, 20 a second at that speed, for four minutes. */
    private Path trace() throws Exception {
        String rows =
                IntStream.range(0, 4_800)
                        .mapToObj(i -> "%s,50,4".formatted(i * FAST_SPEED / 20))
                        .collect(Collectors.joining("\n"));
        return Files.writeString(
                folder.resolve("trace.csv"),
                "arrived_at,num_prefill_tokens,num_decode_tokens\n" + rows + "\n");
    }

    private Path objectives() throws Exception {
        return Files.writeString(
                folder.resolve("slo.json"),
                """
                [{"id": "first-token", "indicator": "TTFT", "threshold_ms": 3000, "target": 0.99,
                  "period": "1h"}]
                """);
    }

    private DemoSettings settings() throws Exception {
        DemoOptions options = new DemoOptions();
        new CommandLine(new Wrapped(options))
                .parseArgs(
                        "--trace=" + trace(),
                        "--requests=4800",
                        "--speedup=" + FAST_SPEED,
                        "--instances=A100_7B",
                        "--routing=round-robin",
                        "--parallelism=1",
                        "--slo=*:e2e=600s",
                        "--objectives=" + objectives(),
                        "--set=sluice.sla.slo-slot=100 ms",
                        "--port=0",
                        "--web-port=0",
                        "--page-port=0");
        return options.settings();
    }

    @CommandLine.Command
    private static final class Wrapped {
        @CommandLine.Mixin private final DemoOptions options;

        Wrapped(DemoOptions options) {
            this.options = options;
        }
    }

    @Test
    void attainmentFallsOneAlertOpensAndEndsWhenTheInstanceIsTakenOut() throws Exception {
        Optional<Path> chromium = Chromium.installed();
        assumeThat(chromium).as("a command chromium on the PATH").isPresent();
        DemoSettings settings = settings();
        Console console = new Console(new PrintWriter(said), false);
        try (CloseStack open = new CloseStack()) {
            Workload workload = open.push(Workload.open(settings.workload()));
            DemoPipeline pipeline = open.push(DemoPipeline.start(settings, console));
            KafkaAccess kafka = pipeline.kafka();
            TopicScan topics = new TopicScan(kafka.bootstrapServers(), kafka.prefix());
            open.push(DemoFleet.start(settings, kafka, pipeline.folder(), console::say));
            open.push(DemoReplay.start(workload.requests(), settings, kafka));
            Await.until(
                    "all being well",
                    PATIENCE,
                    () -> attainment(topics) > 0.99 && good(topics) > 100);
            assertThat(alerts(topics)).isEmpty();
            LivePage live = open.push(DemoPage.start(settings, pipeline, console));
            Chromium browser =
                    open.push(Chromium.start(chromium.orElseThrow(), folder.resolve("profile")));
            Tab page = open.push(browser.open(URI.create(live.address()), 1280, false));
            page.awaitText("#alerts-news", "No alert is open");
            page.awaitText("#objectives-summary", "1 kept");

            open.push(slowInstance(kafka, pipeline.folder())).start();
            Await.until("an alert", PATIENCE, () -> !alerts(topics).isEmpty());
            assertThat(attainment(topics)).isLessThan(0.99);
            page.awaitText("#alerts-news", "1 to page somebody: first-token");
            page.awaitText("#objectives-summary", "1 in trouble");

            drainOn(page);
            Await.until(
                    "the alert to end",
                    PATIENCE,
                    () -> alerts(topics).get(0).getResolvedAt() != null);
            assertThat(alerts(topics)).hasSize(1);
            page.awaitText("#alerts-ended", "resolved");
            assertThat(drainByCommand(kafka)).isZero();
            page.await(
                    "[...document.querySelectorAll('#fleet tbody tr')]"
                            + ".filter(row => row.textContent.includes('draining')).length === 2");
            assertThat(page.complaints()).isEmpty();
        } finally {
            System.out.print(said);
        }
    }

    /** As somebody does who has read what the demo says. */
    private void drainOn(Tab page) throws Exception {
        String before = "orders on it take the token in ";
        Path file =
                said.toString()
                        .lines()
                        .filter(line -> line.contains(before))
                        .map(
                                line ->
                                        Path.of(
                                                line.substring(
                                                        line.indexOf(before) + before.length())))
                        .findFirst()
                        .orElseThrow();
        page.type("#control-token", Files.readString(file).strip());
        page.click("#control-login button");
        page.type("#control-instance [name=instance]", SLOW);
        page.click("#control-instance [value=drain]");
        page.awaitText("dialog", "Instance: " + SLOW);
        page.click("#control-yes");
        page.awaitText("#orders", "its worker says that it drains");
        assertThat(said.toString()).contains("accepted \"drain " + SLOW);
    }

    private static SimulatedWorker slowInstance(KafkaAccess kafka, Path ledgers) {
        EngineSpec engine =
                new EngineSpec(
                        InstanceList.parse("A100_7B").get(0),
                        SimulatedModel.NAME,
                        SLOW_SPEED,
                        0,
                        1,
                        EngineSpec.PROGRESS_EVERY_TOKENS);
        WorkerSpec worker =
                new WorkerSpec(SLOW, engine, WorkerSettings.DEFAULTS, ledgers, OptionalInt.empty());
        return SimulatedWorker.prepare(worker, kafka, notice -> {});
    }

    private static int drainByCommand(KafkaAccess kafka) {
        return SluiceApps.commandLine()
                .execute(
                        "control",
                        "drain",
                        FAST,
                        "--bootstrap-servers=" + kafka.bootstrapServers());
    }

    private static double attainment(TopicScan topics) {
        Double now = status(topics).getAttainment();
        return now == null ? Double.NaN : now;
    }

    private static long good(TopicScan topics) {
        return status(topics).getGood();
    }

    private static SloStatus status(TopicScan topics) {
        List<SloStatus> all = read(topics, Topic.SLO, SloStatus.class);
        return all.get(all.size() - 1);
    }

    /** The newest record of each alert that pages. */
    private static List<Alert> alerts(TopicScan topics) {
        return read(topics, Topic.ALERTS, Alert.class).stream()
                .filter(alert -> alert.getSeverity() == AlertSeverity.PAGE)
                .collect(
                        Collectors.toMap(
                                Alert::getAlertId,
                                alert -> alert,
                                (earlier, later) -> later,
                                LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    private static <T extends SpecificRecord> List<T> read(
            TopicScan topics, Topic topic, Class<T> type) {
        AvroCodec<T> codec = AvroCodec.of(type);
        List<T> all = new ArrayList<>();
        topics.read(
                topic,
                record -> {
                    if (record.value() != null) {
                        all.add(decoded(codec, record.value()));
                    }
                });
        return all;
    }

    private static <T extends SpecificRecord> T decoded(AvroCodec<T> codec, byte[] value) {
        try {
            return codec.decode(value);
        } catch (DecodeException wrong) {
            throw new AssertionError(wrong);
        }
    }
}
