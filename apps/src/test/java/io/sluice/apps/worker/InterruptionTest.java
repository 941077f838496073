package io.sluice.apps.worker;

import io.sluice.schemas.avro.AcceptedRun;
import io.sluice.schemas.avro.CommandType;
import io.sluice.schemas.avro.DispatchCommand;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;
import io.sluice.sim.engine.EngineProfile;
import io.sluice.sim.engine.EngineProfiles;
import io.sluice.sim.engine.KvTransfer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The simulated GPU server interrupts a run on command, and takes it up where it was. */
class InterruptionTest {

    private static final EngineProfile A100 = withTransfer(0);
    private static final int PROMPT = 400;
    private static final int TOKENS = 600;
    private static final long MINUTES = 600_000;

    @TempDir Path folder;

    private static EngineSpec spec(EngineProfile profile) {
        return new EngineSpec(profile, "m", 1, 0, 0, 0);
    }

    private static DispatchCommand.Builder dispatch(int attempt) {
        return Commands.dispatch("r", PROMPT, TOKENS).setAttempt(attempt);
    }

    private static DispatchCommand.Builder preempt(int attempt) {
        return Commands.of(CommandType.PREEMPT, "r").setAttempt(attempt);
    }

    private static WorkerEvent interrupted(WorkerOnTheBench worker) {
        worker.command(dispatch(1));
        worker.pass(1_500);
        worker.command(preempt(1));
        worker.pass(1_000);
        return worker.last();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void whatWasMadeIsMadeOnce(int lookAheadSteps) {
        EngineProfile profile = A100.withRules(A100.rules().withLookAheadSteps(lookAheadSteps));
        try (WorkerOnTheBench worker = new WorkerOnTheBench(spec(profile), folder)) {
            WorkerEvent interruption = interrupted(worker);
            assertThat(kinds(worker))
                    .containsExactly("REGISTERED", "ACCEPTED", "FIRST_TOKEN", "PREEMPTED");
            assertThat(interruption.getOutputTokens()).isBetween(1, TOKENS - 1);
            assertThat(interruption.getHeldTokens()).isZero();
            assertThat(worker.gpu.snapshot().running()).isEmpty();

            worker.command(dispatch(2));
            worker.pass(MINUTES);
            WorkerEvent end = worker.last();
            assertThat(end.getType()).isEqualTo(WorkerEventType.COMPLETED);
            assertThat(end.getAttempt()).isEqualTo(2);
            assertThat(end.getOutputTokens()).isEqualTo(TOKENS);
            assertThat(worker.gpu.snapshot().totals().outputTokens()).isEqualTo(TOKENS);
            assertThat(kinds(worker)).filteredOn("FIRST_TOKEN"::equals).hasSize(1);
        }
    }

    @Test
    void latenciesCountFromTheSubmissionWithTheInterruption() {
        double alone = endOfAnUninterruptedRun().getE2eMs();
        try (WorkerOnTheBench worker = new WorkerOnTheBench(spec(A100), folder)) {
            interrupted(worker);
            double ttft = worker.events.get(2).getTtftMs();
            long waits = 5_000;
            worker.pass(waits);
            worker.command(dispatch(2).setQueueWaitMs(9_999L));
            worker.pass(MINUTES);
            WorkerEvent end = worker.last();
            assertThat(end.getTtftMs()).isCloseTo(ttft, within(1e-6));
            assertThat(end.getE2eMs()).isGreaterThan(alone + waits);
            assertThat(end.getQueueWaitMs()).isEqualTo(250);
        }
    }

    private WorkerEvent endOfAnUninterruptedRun() {
        try (WorkerOnTheBench worker = new WorkerOnTheBench(spec(A100), folder.resolve("alone"))) {
            worker.command(dispatch(1));
            worker.pass(MINUTES);
            return worker.last();
        }
    }

    /** Copying takes a microsecond for each token, computing again far longer. */
    @Test
    void whatIsCopiedAsideNeedNotBeComputedAgain() {
        EngineProfile copies = withTransfer(1e-6);
        double recomputing = millisAfterResuming(A100, "recomputes");
        double copying = millisAfterResuming(copies, "copies");
        double context = millisOfAPrompt(contextAtInterruption());
        assertThat(recomputing - copying).isCloseTo(context, within(0.1 * context));
    }

    private int contextAtInterruption() {
        try (WorkerOnTheBench worker = new WorkerOnTheBench(spec(A100), folder.resolve("at"))) {
            return PROMPT + interrupted(worker).getOutputTokens();
        }
    }

    private static EngineProfile withTransfer(double secondsPerToken) {
        EngineProfile named = EngineProfiles.named(EngineProfiles.A100_7B);
        return new EngineProfile(
                named.name(),
                named.model(),
                named.hardware(),
                named.cost(),
                named.limits(),
                named.rules(),
                KvTransfer.ofSeconds(secondsPerToken));
    }

    private double millisAfterResuming(EngineProfile profile, String name) {
        try (WorkerOnTheBench worker = new WorkerOnTheBench(spec(profile), folder.resolve(name))) {
            WorkerEvent interruption = interrupted(worker);
            boolean held = profile != A100;
            int context = PROMPT + interruption.getOutputTokens();
            assertThat(interruption.getHeldTokens()).isEqualTo(held ? context : 0);
            long again = worker.clock.millis();
            worker.command(dispatch(2));
            worker.pass(MINUTES);
            return worker.last().getE2eMs() - again;
        }
    }

    /** Milliseconds to the first token of a prompt of that length. */
    private double millisOfAPrompt(int tokens) {
        try (WorkerOnTheBench worker = new WorkerOnTheBench(spec(A100), folder.resolve("one"))) {
            worker.clock.wallMillis = Commands.SUBMITTED;
            worker.command(Commands.dispatch("r", tokens, 5));
            worker.pass(MINUTES);
            return worker.last().getTtftMs();
        }
    }

    @Test
    void aRunThatEndsAtThatVeryStepHasEndedAndIsNotInterrupted() {
        EngineProfile rtx = EngineProfiles.named(EngineProfiles.RTXPRO6000_8B);
        try (WorkerOnTheBench worker = new WorkerOnTheBench(spec(rtx), folder)) {
            worker.command(Commands.dispatch("r", 100, 1));
            worker.command(preempt(1));
            worker.pass(MINUTES);
            assertThat(kinds(worker))
                    .containsExactly("REGISTERED", "ACCEPTED", "FIRST_TOKEN", "COMPLETED");
            worker.command(preempt(1));
            worker.pass(MINUTES);
            assertThat(worker.events).hasSize(4);
        }
    }

    @Test
    void whatWaitsIsGivenUpWithoutProgress() {
        EngineProfile single = A100.withLimits(A100.limits().withMaxSequences(1));
        try (WorkerOnTheBench worker = new WorkerOnTheBench(spec(single), folder)) {
            worker.command(Commands.dispatch("other", 100, 200));
            worker.command(dispatch(1));
            worker.command(preempt(1));
            worker.pass(1_000);
            WorkerEvent end =
                    worker.events.stream().filter(InterruptionTest::isEnd).findFirst().get();
            assertThat(end.getType()).isEqualTo(WorkerEventType.PREEMPTED);
            assertThat(end.getOutputTokens()).isZero();
            assertThat(worker.gpu.snapshot().waiting()).isEmpty();
        }
    }

    @Test
    void theOthersGoOn() {
        try (WorkerOnTheBench worker = new WorkerOnTheBench(spec(A100), folder)) {
            worker.command(Commands.dispatch("other", 100, 200));
            interrupted(worker);
            worker.pass(MINUTES);
            assertThat(worker.last().getType()).isEqualTo(WorkerEventType.COMPLETED);
            assertThat(worker.last().getRequestId()).isEqualTo("other");
        }
    }

    @Test
    void anInterruptedRunThatIsCancelledMeanwhileIsCancelled() {
        try (WorkerOnTheBench worker = new WorkerOnTheBench(spec(A100), folder)) {
            worker.command(dispatch(1));
            worker.pass(1_500);
            worker.protocol.command(
                    CommandMapping.command(preempt(1).build(), 1), worker.clock.millis());
            worker.command(Commands.of(CommandType.CANCEL, "r"));
            worker.pass(MINUTES);
            assertThat(kinds(worker))
                    .containsExactly("REGISTERED", "ACCEPTED", "FIRST_TOKEN", "CANCELLED");
            assertThat(worker.gpu.snapshot().running()).isEmpty();
        }
    }

    @Test
    void anotherRequestOfTheSameNameStartsAfresh() {
        try (WorkerOnTheBench worker = new WorkerOnTheBench(spec(A100), folder)) {
            interrupted(worker);
            worker.command(Commands.dispatch("r", 7, 5).setAttempt(2));
            worker.pass(MINUTES);
            assertThat(worker.last().getType()).isEqualTo(WorkerEventType.COMPLETED);
            assertThat(worker.last().getOutputTokens()).isEqualTo(5);
        }
    }

    @Test
    void heartbeatsSayHowFarItHasCome() {
        try (WorkerOnTheBench worker = new WorkerOnTheBench(spec(A100), folder)) {
            worker.command(dispatch(1));
            worker.pass(1_500);
            worker.command(Commands.of(CommandType.SYNC));
            AcceptedRun run = worker.last().getAccepted().get(0);
            assertThat(run.getGeneratedTokens()).isBetween(1, TOKENS - 1);
            assertThat(run.getHeldTokens()).isGreaterThanOrEqualTo(PROMPT);
        }
    }

    private static boolean isEnd(WorkerEvent event) {
        return "r".equals(event.getRequestId()) && event.getType() != WorkerEventType.ACCEPTED;
    }

    private static List<String> kinds(WorkerOnTheBench worker) {
        return worker.events.stream().map(event -> event.getType().name()).toList();
    }
}
