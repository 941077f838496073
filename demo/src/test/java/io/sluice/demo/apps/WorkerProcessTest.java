package io.sluice.demo.apps;

import io.sluice.apps.worker.EngineSpec;
import io.sluice.demo.broker.EmbeddedBroker;
import io.sluice.demo.process.Await;
import io.sluice.demo.process.JavaProcess;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.CommandType;
import io.sluice.schemas.avro.DispatchCommand;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;

import static io.sluice.schemas.avro.WorkerEventType.ACCEPTED;
import static io.sluice.schemas.avro.WorkerEventType.CANCELLED;
import static io.sluice.schemas.avro.WorkerEventType.COMPLETED;
import static io.sluice.schemas.avro.WorkerEventType.DRAINING;
import static io.sluice.schemas.avro.WorkerEventType.FIRST_TOKEN;
import static io.sluice.schemas.avro.WorkerEventType.GIVEN_BACK;
import static io.sluice.schemas.avro.WorkerEventType.HEARTBEAT;
import static io.sluice.schemas.avro.WorkerEventType.PREEMPTED;
import static io.sluice.schemas.avro.WorkerEventType.PROGRESS;
import static io.sluice.schemas.avro.WorkerEventType.REFUSED;
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
            WorkerEvent registered = events.awaitRegistration("killed", 0);
            lane.connect(registered);
            lane.dispatch("short", 10, 1);
            lane.dispatch("long-1", 10, ENDLESS_TOKENS);
            lane.dispatch("long-2", 10, 500);
            events.await(COMPLETED, "short");
            events.await(ACCEPTED, "long-2");
            first.kill();

            try (JavaProcess second = start("killed", folder)) {
                WorkerEvent again = events.awaitRegistration("killed", registered.getIncarnation());
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

    @Test
    void endsInOrderWhenItIsAskedTo(@TempDir Path folder) {
        try (Lane lane = new Lane(broker.bootstrapServers(), "stopped");
                EventTail events = new EventTail(broker.bootstrapServers());
                JavaProcess worker = start("stopped", folder, "--batch=1", "--progress-every=0")) {
            lane.connect(events.awaitRegistration("stopped", 0));
            lane.dispatch("runs", 10, 400);
            events.await(FIRST_TOKEN, "runs");
            lane.dispatch("waits", 10, 100);
            events.await(ACCEPTED, "waits");

            assertThat(worker.terminate(PATIENCE)).isTrue();

            assertThat(worker.exitValue()).isZero();
            events.await(COMPLETED, "runs");
            List<WorkerEvent> all = of("stopped", events.read());
            assertThat(all)
                    .filteredOn(event -> event.getType() != WorkerEventType.HEARTBEAT)
                    .extracting(event -> event.getType() + " " + event.getRequestId())
                    .containsExactly(
                            "REGISTERED null",
                            "ACCEPTED runs",
                            "FIRST_TOKEN runs",
                            "ACCEPTED waits",
                            "DRAINING null",
                            "GIVEN_BACK waits",
                            "COMPLETED runs");
            assertNumberedWithoutGaps(all);
            assertThat(WorkerProcess.printed("stopped", folder))
                    .last()
                    .asString()
                    .startsWith("stopped: 2 accepted, 1 completed, 0 failed")
                    .contains("1 given back; busy_ms=")
                    .contains("idle_while_queued_ms=0");
        }
    }

    @Test
    void givesBackWhatDoesNotFinishInTime(@TempDir Path folder) {
        try (Lane lane = new Lane(broker.bootstrapServers(), "hurried");
                EventTail events = new EventTail(broker.bootstrapServers());
                JavaProcess worker = start("hurried", folder, "--drain-timeout=200ms")) {
            lane.connect(events.awaitRegistration("hurried", 0));
            lane.dispatch("endless", 10, ENDLESS_TOKENS);
            events.await(FIRST_TOKEN, "endless");

            assertThat(worker.terminate(PATIENCE)).isTrue();

            assertThat(worker.exitValue()).isZero();
            events.await(GIVEN_BACK, "endless");
        }
    }

    @Test
    void obeysCommandsAndSurvivesThoseThatAreNone(@TempDir Path folder) {
        try (Lane lane = new Lane(broker.bootstrapServers(), "obedient");
                EventTail events = new EventTail(broker.bootstrapServers());
                JavaProcess worker = start("obedient", folder)) {
            WorkerEvent registered = events.awaitRegistration("obedient", 0);
            lane.connect(registered);
            lane.send(new byte[] {1, 2, 3});
            lane.send(lane.command(CommandType.DISPATCH, "negative").setInputTokens(-1));
            lane.dispatch("cancelled", 10, ENDLESS_TOKENS);
            lane.dispatch("cancelled", 10, ENDLESS_TOKENS);
            events.await(FIRST_TOKEN, "cancelled");
            long sync = lane.send(lane.command(CommandType.SYNC)).getSeq();
            WorkerEvent echo =
                    events.await(
                            HEARTBEAT, e -> e.getSyncSeq() != null && e.getSyncSeq().equals(sync));
            lane.send(lane.command(CommandType.CANCEL, "cancelled"));
            events.await(CANCELLED, "cancelled");
            lane.dispatch("too-long", 30_000, 10);
            WorkerEvent refused = events.await(REFUSED, "too-long");
            lane.send(lane.command(CommandType.DRAIN));
            events.await(DRAINING, e -> e.getInstanceId().equals("obedient") && e.getDraining());
            lane.dispatch("late", 10, 10);
            events.await(GIVEN_BACK, "late");
            lane.send(lane.command(CommandType.UNDRAIN));
            lane.dispatch("welcome", 10, 10);
            events.await(COMPLETED, "welcome");
            lane.send(lane.command(CommandType.FENCE));
            events.awaitRegistration("obedient", registered.getIncarnation());

            assertThat(echo.getAccepted()).extracting("requestId").containsExactly("cancelled");
            assertThat(echo.getRunning()).isEqualTo(1);
            assertThat(echo.getBusyMs()).isPositive();
            assertThat(refused.getErrorCode()).isEqualTo("kv_memory_too_small");
            List<WorkerEvent> all = of("obedient", events.read());
            assertThat(all)
                    .filteredOn(e -> e.getType() == ACCEPTED)
                    .extracting(WorkerEvent::getRequestId)
                    .containsExactly("cancelled", "welcome");
            assertNumberedWithoutGaps(all);
            worker.requireAlive();
            assertThat(WorkerProcess.printed("obedient", folder))
                    .anyMatch(line -> line.contains("skips record inference.dispatch-"))
                    .anyMatch(line -> line.contains("must not be negative"));
        }
    }

    @Test
    void interruptsARunAndTakesItUpWhereItWas(@TempDir Path folder) {
        int tokens = 600;
        try (Lane lane = new Lane(broker.bootstrapServers(), "interrupted");
                EventTail events = new EventTail(broker.bootstrapServers());
                JavaProcess worker = start("interrupted", folder, "--progress-every=20")) {
            lane.connect(events.awaitRegistration("interrupted", 0));
            DispatchCommand first = lane.dispatch("makes-way", 10, tokens);
            events.await(PROGRESS, "makes-way");
            lane.send(lane.command(CommandType.PREEMPT, "makes-way"));
            // Repeated, and crossing with the end of the run, it changes nothing.
            lane.send(lane.command(CommandType.PREEMPT, "makes-way"));
            WorkerEvent interrupted = events.await(PREEMPTED, "makes-way");
            lane.dispatch("urgent", 10, 5);
            events.await(COMPLETED, "urgent");
            lane.send(DispatchCommand.newBuilder(first).setAttempt(2));
            WorkerEvent end = events.await(COMPLETED, "makes-way");
            lane.send(lane.command(CommandType.PREEMPT, "makes-way").setAttempt(2));
            lane.dispatch("last", 10, 1);
            events.await(COMPLETED, "last");

            assertThat(interrupted.getAttempt()).isEqualTo(1);
            assertThat(interrupted.getOutputTokens()).isBetween(20, tokens - 1);
            assertThat(end.getAttempt()).isEqualTo(2);
            assertThat(end.getOutputTokens()).isEqualTo(tokens);
            List<WorkerEvent> all = of("interrupted", events.read());
            assertNumberedWithoutGaps(all);
            assertThat(all)
                    .filteredOn(e -> "makes-way".equals(e.getRequestId()))
                    .extracting(WorkerEvent::getType)
                    .filteredOn(type -> type != PROGRESS)
                    .containsExactly(ACCEPTED, FIRST_TOKEN, PREEMPTED, ACCEPTED, COMPLETED);
            // What is reported on the way grows across the interruption: nothing is made twice.
            assertThat(all)
                    .filteredOn(e -> e.getType() == PROGRESS)
                    .extracting(WorkerEvent::getOutputTokens)
                    .isSorted()
                    .doesNotHaveDuplicates();
            worker.requireAlive();
        }
    }

    @Test
    void aSpeedupMakesRunsShorter(@TempDir Path folder) {
        try (Lane lane = new Lane(broker.bootstrapServers(), "fast");
                EventTail events = new EventTail(broker.bootstrapServers());
                JavaProcess worker = start("fast", folder, "--speedup=100")) {
            lane.connect(events.awaitRegistration("fast", 0));
            lane.dispatch("minutes", 10, ENDLESS_TOKENS);
            WorkerEvent soFar = events.await(PROGRESS, "minutes");
            WorkerEvent end = events.await(COMPLETED, "minutes");

            assertThat(soFar.getOutputTokens()).isEqualTo(EngineSpec.PROGRESS_EVERY_TOKENS);

            assertThat(end.getOutputTokens()).isEqualTo(ENDLESS_TOKENS);
            // 13.3 ms or more for each token of a 7B model on an A100.
            assertThat(end.getTpotMs()).isBetween(0.133, 0.3);
            assertThat(end.getE2eMs()).isGreaterThan(ENDLESS_TOKENS * 0.133);
            assertThat(end.getDispatchOverheadMs()).isPositive();
            worker.requireAlive();
        }
    }

    @Test
    void servesItsMetricsOnAPortThatItPrints(@TempDir Path folder) throws Exception {
        try (Lane lane = new Lane(broker.bootstrapServers(), "measured");
                EventTail events = new EventTail(broker.bootstrapServers());
                JavaProcess worker = start("measured", folder, "--metrics-port=0")) {
            lane.connect(events.awaitRegistration("measured", 0));
            lane.dispatch("counted", 10, 5);
            events.await(COMPLETED, "counted");
            String text = WorkerProcess.metrics("measured", folder);

            assertThat(text)
                    .contains(
                            "vllm:request_success_total{engine=\"0\",finished_reason=\"stop\",model_name=\"sim\"} 1")
                    .contains("vllm:generation_tokens_total{engine=\"0\",model_name=\"sim\"} 5")
                    .contains(
                            "vllm:time_to_first_token_seconds_count{engine=\"0\",model_name=\"sim\"} 1")
                    .contains(
                            "sluice_worker_reports_total{instance_id=\"measured\",type=\"completed\"} 1");
            worker.requireAlive();
        }
    }

    @Test
    void countsRecordsThatAreNoCommandsAndGoesOn(@TempDir Path folder) throws Exception {
        try (Lane lane = new Lane(broker.bootstrapServers(), "pestered");
                EventTail events = new EventTail(broker.bootstrapServers());
                JavaProcess worker = start("pestered", folder, "--metrics-port=0")) {
            WorkerEvent registered = events.awaitRegistration("pestered", 0);
            lane.connect(registered);
            byte[] garbage = new byte[2_000];
            new Random(7).nextBytes(garbage);
            lane.send(garbage);
            lane.send(new byte[0]);
            byte[] otherSchema = AvroCodec.of(WorkerEvent.class).encode(registered);
            lane.send(otherSchema);
            byte[] command =
                    AvroCodec.of(DispatchCommand.class)
                            .encode(lane.command(CommandType.SYNC).build());
            byte[] cut = Arrays.copyOf(command, command.length / 2);
            lane.send(cut);
            lane.dispatch("after", 10, 5);

            events.await(COMPLETED, "after");

            assertThat(WorkerProcess.metrics("pestered", folder))
                    .contains(
                            "sluice_worker_commands_ignored_total{instance_id=\"pestered\",reason=\"unreadable\"} 4");
            assertThat(WorkerProcess.printed("pestered", folder))
                    .filteredOn(line -> line.contains("skips record inference.dispatch-"))
                    .as("said once")
                    .hasSize(1);
            worker.requireAlive();
        }
    }

    @Test
    void twoWorkersOfAnInstanceDoNotShareALedger(@TempDir Path folder) {
        try (EventTail events = new EventTail(broker.bootstrapServers());
                JavaProcess first = start("shared", folder)) {
            events.awaitRegistration("shared", 0);
            try (JavaProcess second = start("shared", folder)) {
                Await.until("the second to end", PATIENCE, () -> !second.isAlive());
                assertThat(second.exitValue()).isEqualTo(1);
            }
            assertThat(WorkerProcess.printed("shared", folder))
                    .anyMatch(
                            line -> line.startsWith("sluice: ledger ") && line.contains("in use"));
            first.requireAlive();
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
