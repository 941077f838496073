package io.sluice.sim.engine;

import org.junit.jupiter.api.Test;

import static io.sluice.sim.engine.TinyEngine.millis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** How the engine is to be called, and what it answers. */
class EngineContractTest {

    @Test
    void anIdleEngineHasNothingToAnnounce() {
        ContinuousBatchingEngine engine = new ContinuousBatchingEngine(TinyEngine.profile());
        assertThat(engine.nextEventAt()).isEqualTo(ContinuousBatchingEngine.NEVER);
        engine.advanceTo(millis(5), event -> {});
        assertThat(engine.nextEventAt()).isEqualTo(ContinuousBatchingEngine.NEVER);
    }

    @Test
    void aLongDecodeIsAnnouncedAtOnceAndReadInTheMiddle() {
        EngineRun run = new EngineRun(TinyEngine.profile());
        run.submit(EngineRequest.of("a", 4, 300), 0);
        run.advanceTo(millis(1));

        // The last step is taken by itself.
        assertThat(run.engine.nextEventAt()).isEqualTo(millis(300));
        run.advanceTo(millis(123.5));
        assertThat(run.totals().outputTokens()).isEqualTo(123);
        assertThat(run.totals().busyNanos()).isEqualTo(millis(123.5));
        assertThat(run.engine.cancel("a", millis(200.2)))
                .contains(new Cancellation("a", true, 200));
    }

    @Test
    void aRequestLongerThanTheContextIsRefusedWithTheNumbers() {
        EngineRun run = new EngineRun(TinyEngine.withUsableBlocks(1_000));
        Submission answer = run.submit(EngineRequest.of("a", 990, 11), 0);

        assertThat(answer)
                .isEqualTo(
                        new Submission.Refused(
                                RefusalReason.CONTEXT_TOO_LONG,
                                "request a: prompt 990 + output 11 tokens are more than the 1000 tokens of context of TINY"));
        assertThat(run.engine.nextEventAt()).isEqualTo(ContinuousBatchingEngine.NEVER);
        assertThat(run.totals().refused()).isEqualTo(1);
    }

    @Test
    void aRequestLargerThanAllMemoryIsRefusedWithTheNumbers() {
        EngineRun run = new EngineRun(TinyEngine.withUsableBlocks(2));
        assertThat(run.submit(EngineRequest.of("a", 4, 5), 0))
                .isEqualTo(
                        new Submission.Refused(
                                RefusalReason.KV_MEMORY_TOO_SMALL,
                                "request a: prompt 4 + output 5 tokens are more than the 8 tokens of KV memory of TINY"));
    }

    @Test
    void whatTheUserBoundsCounts() {
        EngineRun run = new EngineRun(TinyEngine.withUsableBlocks(2));
        run.submit(EngineRequest.of("a", 4, 5_000).withMaxTokens(3), 0);
        run.drain();
        assertThat(run.events)
                .contains(new EngineEvent.Finished("a", millis(3), 3, FinishReason.LENGTH));
    }

    @Test
    void anIdIsHeldOnceAtATime() {
        EngineRun run = new EngineRun(TinyEngine.profile());
        run.submit(EngineRequest.of("a", 1, 2), 0);
        assertThat(run.submit(EngineRequest.of("a", 1, 2), 0))
                .isInstanceOfSatisfying(
                        Submission.Refused.class,
                        refused ->
                                assertThat(refused.reason()).isEqualTo(RefusalReason.DUPLICATE_ID));
        run.drain();
        assertThat(run.submit(EngineRequest.of("a", 1, 2), millis(9)))
                .isEqualTo(new Submission.Queued());
    }

    @Test
    void aCancelledRequestIsSilentAndFreesItsSlotAtTheEndOfTheStep() {
        EngineRun run = new EngineRun(TinyEngine.withSlots(1));
        run.submit(EngineRequest.of("a", 1, 9), 0);
        run.submit(EngineRequest.of("b", 1, 1), 0);
        run.advanceTo(millis(2.5));

        assertThat(run.engine.cancel("a", millis(2.5))).contains(new Cancellation("a", true, 2));
        assertThat(run.engine.cancel("a", millis(2.5))).isEmpty();
        run.drain();
        assertThat(run.times(EngineEvent.Finished.class, "a")).isEmpty();
        assertThat(run.time(EngineEvent.Started.class, "b")).isEqualTo(millis(3));
    }

    @Test
    void aCancelledHeadOfTheQueueNoLongerBlocks() {
        EngineRun run = new EngineRun(TinyEngine.withUsableBlocks(4));
        run.submit(EngineRequest.of("a", 8, 6), 0);
        run.submit(EngineRequest.of("big", 12, 1), 0);
        run.submit(EngineRequest.of("small", 1, 1), 0);
        run.advanceTo(millis(1.5));
        assertThat(run.engine.cancel("big", millis(1.5)))
                .contains(new Cancellation("big", false, 0));
        run.drain();

        assertThat(run.time(EngineEvent.Started.class, "small")).isEqualTo(millis(2));
    }

    @Test
    void progressComesEverySoManyTokens() {
        EngineRun run = new EngineRun(TinyEngine.profile(), 3);
        run.submit(EngineRequest.of("a", 1, 6), 0);
        run.drain();

        assertThat(run.events)
                .containsExactly(
                        new EngineEvent.Started("a", 0, 0),
                        new EngineEvent.FirstToken("a", millis(1)),
                        new EngineEvent.Progress("a", millis(3), 3),
                        new EngineEvent.Finished("a", millis(6), 6, FinishReason.STOP));
    }

    @Test
    void aSnapshotTellsWhoRunsAndWhatIsLeft() {
        EngineRun run = new EngineRun(TinyEngine.withSlots(2));
        run.submit(EngineRequest.of("a", 4, 9), 0);
        run.submit(EngineRequest.of("b", 4, 9), 0);
        run.submit(EngineRequest.of("c", 4, 9), 0);
        run.advanceTo(millis(1.25));

        EngineSnapshot snapshot = run.engine.snapshot();
        assertThat(snapshot.running()).containsExactly("a", "b");
        assertThat(snapshot.waiting()).containsExactly("c");
        assertThat(snapshot.batchOccupancy()).isEqualTo(1);
        // 100 blocks of 4; both have 5 tokens computed or in the batch.
        assertThat(snapshot.freeKvTokens()).isEqualTo(400 - 16);
        assertThat(snapshot.kvUsage()).isCloseTo(0.04, within(1e-9));
        assertThat(snapshot.totals().meanBatchTokens()).isEqualTo(8);
        assertThat(snapshot.totals().busyNanos()).isEqualTo(millis(1.25));
    }

    @Test
    void timeMustNotGoBack() {
        EngineRun run = new EngineRun(TinyEngine.profile()).advanceTo(10);
        assertThatThrownBy(() -> run.engine.advanceTo(9, event -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("engine: time goes back from 10 to 9");
    }

    @Test
    void whatIsDueMustBeHeardBeforeSomethingNewIsSaid() {
        EngineRun run = new EngineRun(TinyEngine.profile());
        run.submit(EngineRequest.of("a", 1, 1), 0);
        run.advanceTo(0);
        assertThatThrownBy(() -> run.engine.submit(EngineRequest.of("b", 1, 1), millis(2)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("advanceTo(2000000) first, an event is due at 1000000");
    }

    @Test
    void theListenerMustNotCallBack() {
        ContinuousBatchingEngine engine = new ContinuousBatchingEngine(TinyEngine.profile());
        engine.submit(EngineRequest.of("a", 1, 1), 0);
        assertThatThrownBy(() -> engine.advanceTo(0, event -> engine.cancel("a", 0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("called back by its own listener");
    }

    @Test
    void lengthsUnderOneAreNamed() {
        assertThatThrownBy(() -> EngineRequest.of("a", 0, 5))
                .hasMessage("request a: promptTokens must be at least 1, is 0");
        assertThatThrownBy(() -> EngineRequest.of("a", 5, 0))
                .hasMessage("request a: outputTokens must be at least 1, is 0");
    }
}
