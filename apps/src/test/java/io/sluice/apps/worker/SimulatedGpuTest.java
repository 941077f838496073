package io.sluice.apps.worker;

import io.sluice.schemas.avro.CommandType;
import io.sluice.schemas.avro.DispatchCommand;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;
import io.sluice.sim.engine.EngineProfile;
import io.sluice.sim.engine.EngineProfiles;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class SimulatedGpuTest {

    private static final EngineProfile A100 = EngineProfiles.named(EngineProfiles.A100_7B);
    private static final EngineSpec SPEC = spec(1, 0);
    private static final long MINUTES = 600_000;

    @TempDir Path folder;

    @Test
    void countsLatenciesFromSubmissionAndCopiesTheCommand() {
        try (WorkerOnTheBench worker = new WorkerOnTheBench(SPEC, folder)) {
            worker.clock.wallMillis = Commands.SUBMITTED + 400;
            worker.command(Commands.dispatch("r", 100, 20));
            worker.pass(MINUTES);

            assertThat(kinds(worker))
                    .containsExactly("REGISTERED", "ACCEPTED", "FIRST_TOKEN", "COMPLETED");
            WorkerEvent end = worker.last();
            // One step computes the prompt, nineteen more the other tokens.
            double tpot = end.getTpotMs();
            assertThat(end.getTtftMs()).isGreaterThan(400).isLessThan(500);
            assertThat(end.getE2eMs() - end.getTtftMs()).isCloseTo(19 * tpot, within(1e-6));
            assertThat(end.getOutputTokens()).isEqualTo(20);
            assertThat(end.getInputTokens()).isEqualTo(100);
            assertThat(end.getFinishReason()).isEqualTo("stop");
            assertThat(end.getDispatchOverheadMs()).isEqualTo(150);
            assertThat(end.getQueueWaitMs()).isEqualTo(250);
            assertThat(end.getPolicy()).isEqualTo("edf");
            assertThat(end.getWorkflowId()).isEqualTo("w");
            assertThat(end.getServiceTier()).isEqualTo("flex");
            assertThat(end.getDecidedAt().toEpochMilli()).isEqualTo(Commands.DECIDED);
            assertThat(end.getTraceparent()).isEqualTo("00-1");
            assertThat(end.getPredictedOutputTokens()).isEqualTo(23);
            assertThat(end.getSloE2eMs()).isEqualTo(5_000);
            assertThat(end.getAccepted()).isEmpty();
            assertThat(worker.events.get(2).getTtftMs()).isEqualTo(end.getTtftMs());
        }
    }

    /** The clock of its machine is an hour slow, and the broker has said so. */
    @Test
    void measuresFromTheSubmissionByTheClockOfTheBroker() {
        EngineSpec spec = new EngineSpec(A100, "m", 1, 0, 0, 8);
        try (WorkerOnTheBench worker = new WorkerOnTheBench(spec, folder)) {
            worker.clock.wallMillis = Commands.SUBMITTED + 400 - 3_600_000;
            worker.clock.brokerAheadMillis = 3_600_000;
            worker.command(Commands.dispatch("r", 100, 20));
            worker.pass(MINUTES);

            assertThat(worker.last().getTtftMs()).isGreaterThan(400).isLessThan(500);
            assertThat(worker.last().getDispatchOverheadMs()).isEqualTo(150);
        }
    }

    @Test
    void saysHowFarARunHasCome() {
        EngineSpec spec = new EngineSpec(A100, "m", 1, 0, 0, 8);
        try (WorkerOnTheBench worker = new WorkerOnTheBench(spec, folder)) {
            worker.command(Commands.dispatch("r", 100, 24));
            worker.pass(MINUTES);

            assertThat(kinds(worker))
                    .containsExactly(
                            "REGISTERED",
                            "ACCEPTED",
                            "FIRST_TOKEN",
                            "PROGRESS",
                            "PROGRESS",
                            "COMPLETED");
            assertThat(worker.events)
                    .extracting(WorkerEvent::getOutputTokens)
                    .containsExactly(null, null, null, 8, 16, 24);
            assertThat(worker.events.subList(2, 6))
                    .extracting(WorkerEvent::getTtftMs)
                    .containsOnly(worker.last().getTtftMs());
        }
    }

    @Test
    void aSpeedupDividesServiceTimesAndNothingElse() {
        WorkerEvent real = run(SPEC, folder.resolve("real"));
        WorkerEvent fast = run(spec(10, 0), folder.resolve("fast"));

        assertThat(fast.getTpotMs()).isCloseTo(real.getTpotMs() / 10, within(1e-3));
        // What passed before the command came is wall time.
        assertThat(fast.getTtftMs() - 400).isCloseTo((real.getTtftMs() - 400) / 10, within(1e-3));
    }

    @Test
    void aWorkerThatIsSpedUpSaysSo() {
        double real = SPEC.capacity(new Partitions(0, 0)).speed().decodePerToken();
        double fast = spec(10, 0).capacity(new Partitions(0, 0)).speed().decodePerToken();
        assertThat(fast).isCloseTo(real / 10, within(1e-9));
    }

    @Test
    void withoutAMinimumTheOutputIsAsLongAsAllowed() {
        try (WorkerOnTheBench worker = new WorkerOnTheBench(SPEC, folder)) {
            worker.command(Commands.dispatch("r", 100, 7).setMinTokens(null));
            worker.pass(MINUTES);
            assertThat(worker.last().getOutputTokens()).isEqualTo(7);
            assertThat(worker.last().getFinishReason()).isEqualTo("length");
        }
    }

    @Test
    void withoutAnyLengthTheOutputIsDrawnFromTheSeed() {
        int first = drawnLength(1, "one");
        assertThat(drawnLength(1, "two")).isEqualTo(first);
        assertThat(drawnLength(2, "three")).isNotEqualTo(first);
    }

    private int drawnLength(long seed, String name) {
        EngineSpec spec = new EngineSpec(A100, "m", 1, 0, seed, 0);
        try (WorkerOnTheBench worker = new WorkerOnTheBench(spec, folder.resolve(name))) {
            worker.command(
                    Commands.dispatch("r", 100, 7)
                            .setMinTokens(null)
                            .setMaxTokens(null)
                            .setPredictedOutputTokens(null));
            worker.pass(MINUTES);
            assertThat(worker.last().getType()).isEqualTo(WorkerEventType.COMPLETED);
            return worker.last().getOutputTokens();
        }
    }

    @Test
    void refusesWhatItCanNeverRun() {
        try (WorkerOnTheBench worker = new WorkerOnTheBench(SPEC, folder)) {
            worker.command(Commands.dispatch("long", 40_000, 20));
            assertRefused(worker.last(), "context_too_long", "32768 tokens of context");
            worker.command(Commands.dispatch("large", 10_000, 20));
            assertRefused(worker.last(), "kv_memory_too_small", "tokens of KV memory");
            worker.command(Commands.dispatch("other", 10, 20).setModel("llama"));
            assertRefused(worker.last(), "model_not_served", "asks for model llama");
            assertThat(worker.protocol.runningCount()).isZero();
        }
    }

    private static void assertRefused(WorkerEvent event, String code, String message) {
        assertThat(event.getType()).isEqualTo(WorkerEventType.REFUSED);
        assertThat(event.getErrorCode()).isEqualTo(code);
        assertThat(event.getErrorMessage()).contains(message);
        assertThat(event.getRetriable()).isTrue();
        assertThat(event.getPolicy()).isEqualTo("edf");
    }

    @Test
    void stopsARunWhereverItIs() {
        try (WorkerOnTheBench worker = new WorkerOnTheBench(SPEC, folder)) {
            worker.command(Commands.dispatch("r", 100, 1_000));
            worker.pass(100);
            worker.command(Commands.of(CommandType.CANCEL, "r"));
            assertThat(worker.last().getType()).isEqualTo(WorkerEventType.CANCELLED);
            worker.pass(MINUTES);
            assertThat(kinds(worker))
                    .containsExactly("REGISTERED", "ACCEPTED", "FIRST_TOKEN", "CANCELLED");
            assertThat(worker.gpu.snapshot().running()).isEmpty();
        }
    }

    @Test
    void knowsWhatHasNotStarted() {
        EngineProfile single = A100.withLimits(A100.limits().withMaxSequences(1));
        try (WorkerOnTheBench worker =
                new WorkerOnTheBench(new EngineSpec(single, "m", 1, 0, 0, 0), folder)) {
            worker.command(Commands.dispatch("a", 100, 20));
            worker.command(Commands.dispatch("b", 100, 20));
            assertThat(worker.gpu.notStarted())
                    .extracting(Object::toString)
                    .containsExactly("t/b/1");
            assertThat(worker.gpu.reservedTokens()).isEqualTo(240);
        }
    }

    @Test
    void failsAsOftenAsItIsToldAndTheSameRunsEachTime() {
        List<String> failed = failures(folder.resolve("one"));
        assertThat(failed).hasSizeBetween(20, 40).isEqualTo(failures(folder.resolve("two")));
    }

    private static List<String> failures(Path folder) {
        try (WorkerOnTheBench worker = new WorkerOnTheBench(spec(1, 0.3), folder)) {
            for (int i = 0; i < 100; i++) {
                worker.command(Commands.dispatch("r" + i, 10, 5));
                worker.pass(1_000);
            }
            List<WorkerEvent> failed =
                    worker.events.stream()
                            .filter(e -> e.getType() == WorkerEventType.FAILED)
                            .toList();
            assertThat(failed)
                    .allMatch(WorkerEvent::getRetriable)
                    .allMatch(e -> e.getErrorCode().equals("simulated_failure"));
            return failed.stream().map(WorkerEvent::getRequestId).toList();
        }
    }

    @Test
    void aRepeatedCommandIsAnsweredWithTheSameEnd() {
        try (WorkerOnTheBench worker = new WorkerOnTheBench(SPEC, folder)) {
            DispatchCommand.Builder command = Commands.dispatch("r", 100, 20);
            worker.command(command);
            worker.pass(MINUTES);
            WorkerEvent first = worker.last();
            worker.command(command);
            WorkerEvent again = worker.last();

            assertThat(again.getSeq()).isEqualTo(first.getSeq() + 1);
            assertThat(
                            WorkerEvent.newBuilder(again)
                                    .setSeq(first.getSeq())
                                    .setAt(first.getAt())
                                    .build())
                    .isEqualTo(first);
        }
    }

    private WorkerEvent run(EngineSpec spec, Path where) {
        try (WorkerOnTheBench worker = new WorkerOnTheBench(spec, where)) {
            worker.clock.wallMillis = Commands.SUBMITTED + 400;
            worker.command(Commands.dispatch("r", 100, 20));
            worker.pass(MINUTES);
            return worker.last();
        }
    }

    private static EngineSpec spec(double speedup, double failRate) {
        return new EngineSpec(A100, "m", speedup, failRate, 42, 0);
    }

    private static List<String> kinds(WorkerOnTheBench worker) {
        return worker.events.stream().map(event -> event.getType().name()).toList();
    }
}
