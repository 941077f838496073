package io.sluice.demo.apps;

import io.sluice.demo.broker.EmbeddedBroker;
import io.sluice.demo.process.JavaProcess;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import static io.sluice.schemas.avro.WorkerEventType.ACCEPTED;
import static io.sluice.schemas.avro.WorkerEventType.COMPLETED;
import static io.sluice.schemas.avro.WorkerEventType.GIVEN_BACK;
import static org.assertj.core.api.Assertions.assertThat;

/** A worker process against a real broker, killed and stopped as processes are. */
class WorkerProcessTest {

    private static final Set<WorkerEventType> TERMINAL = Set.of(COMPLETED, GIVEN_BACK);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Far longer than a test runs, at the speed of a real GPU. */
    private static final int ENDLESS_TOKENS = 4_000;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.temporary();
        Topics.create(broker.bootstrapServers(), Topic.DISPATCH, Topic.WORKER_EVENTS);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void tellsTheEndOfEveryAcceptedRunBeforeItRegistersAgainAfterAKill(@TempDir Path folder) {
        try (Lane lane = new Lane(broker.bootstrapServers(), "killed");
                EventTail events = new EventTail(broker.bootstrapServers())) {
            JavaProcess first = start("killed", folder);
            WorkerEvent registered = events.awaitRegistration(0);
            lane.connect(registered);
            lane.dispatch("short", 10, 1);
            lane.dispatch("long-1", 10, ENDLESS_TOKENS);
            lane.dispatch("long-2", 10, 500);
            events.await(COMPLETED, "short");
            events.await(ACCEPTED, "long-2");
            first.kill();

            try (JavaProcess second = start("killed", folder)) {
                WorkerEvent again = events.awaitRegistration(registered.getIncarnation());
                List<WorkerEvent> all = of("killed", events.read());
                int at = all.indexOf(again);

                for (String request : List.of("short", "long-1", "long-2")) {
                    assertThat(all.subList(0, at))
                            .as(request)
                            .anyMatch(
                                    event ->
                                            TERMINAL.contains(event.getType())
                                                    && event.getRequestId().equals(request));
                }
                assertNumberedWithoutGaps(all);
                // A command repeated to the new incarnation is answered, not run again.
                lane.connect(again);
                lane.dispatch("long-1", 10, ENDLESS_TOKENS);
                WorkerEvent repeated =
                        events.await(
                                GIVEN_BACK,
                                event ->
                                        event.getIncarnation() == again.getIncarnation()
                                                && event.getSeq() > again.getSeq());
                assertThat(repeated.getRequestId()).isEqualTo("long-1");
                assertThat(repeated.getSessionId()).isEqualTo("session of long-1");
                assertThat(second.isAlive()).isTrue();
            }
        }
    }

    private JavaProcess start(String instanceId, Path folder, String... options) {
        return WorkerProcess.start(broker.bootstrapServers(), instanceId, folder, options);
    }

    private static List<WorkerEvent> of(String instanceId, List<WorkerEvent> events) {
        return events.stream().filter(e -> e.getInstanceId().equals(instanceId)).toList();
    }

    private static void assertNumberedWithoutGaps(List<WorkerEvent> events) {
        long incarnation = 0;
        long seq = 0;
        for (WorkerEvent event : events) {
            assertThat(event.getIncarnation()).isGreaterThanOrEqualTo(incarnation);
            seq = event.getIncarnation() == incarnation ? seq + 1 : 1;
            incarnation = event.getIncarnation();
            assertThat(event.getSeq()).as("%s", event).isEqualTo(seq);
        }
    }
}
