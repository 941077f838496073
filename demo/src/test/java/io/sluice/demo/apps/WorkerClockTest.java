package io.sluice.demo.apps;

import io.sluice.apps.SluiceApps;
import io.sluice.demo.broker.EmbeddedBroker;
import io.sluice.demo.process.Programs;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.WorkerEvent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import static io.sluice.schemas.avro.WorkerEventType.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

/** A worker process on a machine whose clock is an hour ahead. */
@Timeout(120)
class WorkerClockTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aWrongClockOfItsMachineMovesNoLatency(@TempDir Path folder) throws Exception {
        Programs.assumeInstalled("faketime", "faketime");
        try (EmbeddedBroker broker = EmbeddedBroker.temporary()) {
            Topics.create(broker.bootstrapServers(), Topic.DISPATCH, Topic.WORKER_EVENTS);
            measure(broker, folder);
        }
    }

    private static void measure(EmbeddedBroker broker, Path folder) throws Exception {
        List<String> line =
                List.of(
                        "faketime",
                        "--exclude-monotonic",
                        "-f",
                        "+3600",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SluiceApps.class.getName(),
                        "worker",
                        "--simulate=A100_7B",
                        "--instance-id=ahead",
                        "--metrics-port=0",
                        "--bootstrap-servers=" + broker.bootstrapServers(),
                        "--ledger-dir=" + folder.resolve("ledger"));
        Process worker =
                new ProcessBuilder(line)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("ahead.out").toFile())
                        .start();
        try (Lane lane = new Lane(broker.bootstrapServers(), "ahead");
                EventTail events = new EventTail(broker.bootstrapServers())) {
            WorkerEvent registered = events.awaitRegistration("ahead", 0);
            lane.connect(registered);
            lane.dispatch("timely", 10, 5);
            WorkerEvent end = events.await(COMPLETED, "timely");

            assertThat(Duration.between(Instant.now(), registered.getAt()))
                    .as("the clock of its machine is ahead")
                    .isGreaterThan(Duration.ofMinutes(50));
            assertThat(end.getTtftMs()).isLessThan(PATIENCE.toMillis());
            assertThat(end.getE2eMs()).isLessThan(PATIENCE.toMillis());
            assertThat(end.getDispatchOverheadMs()).isLessThan(PATIENCE.toMillis());
            assertThat(WorkerProcess.metrics("ahead", folder))
                    .containsPattern("sluice_worker_clock_ahead_seconds\\{.*} 3(599|600)");
        } finally {
            worker.descendants().forEach(ProcessHandle::destroyForcibly);
            worker.destroyForcibly().waitFor();
        }
    }
}
