package io.sluice.sim.engine;

import io.sluice.sim.engine.EngineEvent.Finished;
import io.sluice.sim.engine.EngineEvent.FirstToken;
import io.sluice.sim.engine.EngineEvent.Preempted;
import io.sluice.sim.engine.EngineEvent.Started;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static io.sluice.sim.engine.TinyEngine.millis;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each scheduling rule by itself, on queues that can be followed by hand. The steps of these
 * engines last 1 ms.
 */
class SchedulingRulesTest {

    @Nested
    class TokenBudget {
        @Test
        void aPromptIsCutToTheBudgetOfAStep() {
            EngineRun run = new EngineRun(TinyEngine.profile());
            run.submit(EngineRequest.of("a", 20, 1), 0);
            run.drain();

            // 8 + 8 + 4 tokens.
            assertThat(run.time(FirstToken.class, "a")).isEqualTo(millis(3));
            assertThat(run.totals().prefillTokens()).isEqualTo(20);
        }

        @Test
        void decodesAndPromptsShareIt() {
            EngineRun run = new EngineRun(TinyEngine.profile());
            run.submit(EngineRequest.of("a", 4, 10), 0);
            run.submit(EngineRequest.of("b", 15, 1), millis(1));
            run.drain();

            // Submitted once the step of 1 ms to 2 ms is composed; then 7 of its tokens fit beside
            // one of a: 7 + 7 + 1.
            assertThat(run.time(FirstToken.class, "b")).isEqualTo(millis(5));
        }

        @Test
        void slotsBoundTheRunningRequests() {
            EngineRun run = new EngineRun(TinyEngine.withSlots(2));
            run.submit(EngineRequest.of("a", 1, 3), 0);
            run.submit(EngineRequest.of("b", 1, 5), 0);
            run.submit(EngineRequest.of("c", 1, 1), 0);
            run.drain();

            assertThat(run.time(Finished.class, "a")).isEqualTo(millis(3));
            assertThat(run.time(Started.class, "c")).isEqualTo(millis(3));
        }
    }

    @Nested
    class RunningFirst {
        @Test
        void anOlderPromptTakesTheBudgetBeforeANewcomer() {
            EngineRun run = new EngineRun(TinyEngine.profile());
            run.submit(EngineRequest.of("old", 16, 1), 0);
            run.submit(EngineRequest.of("new", 2, 1), 0);
            run.drain();

            assertThat(run.time(FirstToken.class, "old")).isEqualTo(millis(2));
            assertThat(run.time(Started.class, "new")).isEqualTo(millis(2));
        }

        @Test
        void aDecodeGetsItsTokenInEveryStepWhilePromptsAreComputed() {
            EngineRun run = new EngineRun(TinyEngine.profile());
            run.submit(EngineRequest.of("a", 1, 5), 0);
            run.submit(EngineRequest.of("b", 50, 1), 0);
            run.drain();

            assertThat(run.time(Finished.class, "a")).isEqualTo(millis(5));
        }
    }

    @Nested
    class FirstComeFirstServed {
        @Test
        void theHeadOfTheQueueBlocks() {
            EngineRun run = new EngineRun(TinyEngine.withUsableBlocks(4));
            run.submit(EngineRequest.of("a", 8, 4), 0);
            run.submit(EngineRequest.of("big", 12, 1), 0);
            run.submit(EngineRequest.of("small", 1, 1), 0);
            run.drain();

            // 2 or 3 of 4 blocks are held by a: small would fit, but big is before it and needs 3.
            assertThat(run.time(Finished.class, "a")).isEqualTo(millis(4));
            assertThat(run.time(Started.class, "big")).isEqualTo(millis(4));
            assertThat(run.time(Started.class, "small")).isGreaterThanOrEqualTo(millis(4));
        }
    }

    @Nested
    class FirstTokenOfAPrompt {
        @Test
        void theStepOfTheLastPromptTokenGivesIt() {
            EngineRun run = new EngineRun(TinyEngine.profile());
            run.submit(EngineRequest.of("a", 8, 1), 0);
            run.drain();

            assertThat(run.time(FirstToken.class, "a")).isEqualTo(millis(1));
            assertThat(run.time(Finished.class, "a")).isEqualTo(millis(1));
        }

        @Test
        void theOtherTokensTakeOneStepEach() {
            EngineRun run = new EngineRun(TinyEngine.profile());
            run.submit(EngineRequest.of("a", 8, 7), 0);
            run.drain();

            assertThat(run.time(Finished.class, "a")).isEqualTo(millis(7));
            assertThat(run.totals().decodeTokens()).isEqualTo(6);
        }

        @Test
        void aLastPieceOfOneTokenCountsAsADecode() {
            EngineRun run = new EngineRun(TinyEngine.profile());
            run.submit(EngineRequest.of("a", 9, 1), 0);
            run.drain();

            assertThat(run.totals().prefillTokens()).isEqualTo(8);
            assertThat(run.totals().decodeTokens()).isEqualTo(1);
            assertThat(run.totals().mixedSteps()).isEqualTo(1);
        }
    }

    @Nested
    class PrefixCacheUse {
        private final EngineProfile profile = TinyEngine.withCache(TinyEngine.profile());

        @Test
        void leadingFullBlocksThatWereSeenAreSkipped() {
            EngineRun run = new EngineRun(profile);
            run.submit(request("a", 14, 1, 2, 3, 40), 0);
            run.drain();
            run.submit(request("b", 14, 1, 2, 9, 40), millis(10));
            run.drain();

            assertThat(cached(run, "a")).isZero();
            // The chain differs at the third block; an equal id behind it does not count.
            assertThat(cached(run, "b")).isEqualTo(8);
        }

        @Test
        void atLeastOneTokenIsComputed() {
            EngineRun run = new EngineRun(profile);
            run.submit(request("a", 8, 1, 2), 0);
            run.drain();
            run.submit(request("b", 8, 1, 2), millis(10));
            run.drain();

            assertThat(cached(run, "b")).isEqualTo(4);
        }

        @Test
        void aBlockCountsAsSeenOnceItIsInABatch() {
            EngineRun run =
                    new EngineRun(profile.withLimits(profile.limits().withMaxBatchedTokens(64)));
            run.submit(request("a", 9, 1, 2), 0);
            run.submit(request("b", 9, 1, 2), 0);
            run.drain();

            assertThat(run.time(Started.class, "b")).isZero();
            assertThat(cached(run, "b")).isEqualTo(8);
        }

        @Test
        void theLeastRecentlyUsedBlocksAreOverwrittenFirst() {
            EngineProfile small = profile.withLimits(profile.limits().withKvBlocks(1 + 6));
            EngineRun run = new EngineRun(small);
            run.submit(request("a", 9, 1, 2), 0);
            run.drain();
            run.submit(request("b", 9, 3, 4), millis(10));
            run.drain();
            // Takes the 3 blocks of a, which were free for longer than those of b.
            run.submit(request("c", 9, 5, 6), millis(20));
            run.drain();
            run.submit(request("b again", 9, 3, 4), millis(30));
            run.submit(request("a again", 9, 1, 2), millis(30));
            run.drain();

            assertThat(cached(run, "b again")).isEqualTo(8);
            assertThat(cached(run, "a again")).isZero();
        }

        @Test
        void aSharedBlockIsHeldUntilItsLastHolderEnds() {
            EngineProfile small = profile.withLimits(profile.limits().withKvBlocks(1 + 5));
            EngineRun run = new EngineRun(small);
            run.submit(request("a", 8, 1, 2), 0);
            run.submit(request("b", 8, 1, 2).withMaxTokens(4), 0);
            run.advanceTo(millis(1));
            run.engine.cancel("a", millis(1));
            run.advanceTo(millis(2));

            assertThat(run.engine.snapshot().freeKvTokens()).isEqualTo(4 * 2);
        }

        private EngineRequest request(String id, int prompt, long... ids) {
            return EngineRequest.of(id, prompt, 4).withPromptBlocks(PromptBlocks.of(4, ids));
        }

        private int cached(EngineRun run, String id) {
            return run.events.stream()
                    .filter(event -> event instanceof Started && event.id().equals(id))
                    .mapToInt(event -> ((Started) event).cachedTokens())
                    .sum();
        }
    }

    @Nested
    class LookAhead {
        @Test
        void anArrivalWaitsForTheRestOfTheStepAndAWholeOneMore() {
            assertThat(firstTokenOfArrivalDuringStep(TinyEngine.profile())).isEqualTo(millis(4));
            assertThat(
                            firstTokenOfArrivalDuringStep(
                                    TinyEngine.withLookAhead(TinyEngine.profile())))
                    .isEqualTo(millis(5));
        }

        private long firstTokenOfArrivalDuringStep(EngineProfile profile) {
            EngineRun run = new EngineRun(profile);
            run.submit(EngineRequest.of("a", 1, 20), 0);
            run.submit(EngineRequest.of("b", 1, 1), millis(2.5));
            return run.drain().time(FirstToken.class, "b");
        }

        @Test
        void aFreedSlotStaysEmptyForOneStep() {
            EngineRun run = new EngineRun(TinyEngine.withLookAhead(TinyEngine.withSlots(2)));
            run.submit(EngineRequest.of("a", 1, 3), 0);
            run.submit(EngineRequest.of("b", 1, 9), 0);
            run.submit(EngineRequest.of("c", 1, 1), 0);
            run.drain();

            assertThat(run.time(Finished.class, "a")).isEqualTo(millis(3));
            assertThat(run.time(Started.class, "c")).isEqualTo(millis(3));
            // The step from 3 ms to 4 ms was composed without it.
            assertThat(run.time(FirstToken.class, "c")).isEqualTo(millis(5));
        }

        @Test
        void aFinishedRequestIsNotScheduledAgain() {
            EngineRun run = new EngineRun(TinyEngine.withLookAhead(TinyEngine.profile()));
            run.submit(EngineRequest.of("a", 1, 5), 0);
            run.drain();

            assertThat(run.totals().steps()).isEqualTo(5);
            assertThat(run.totals().busyNanos()).isEqualTo(millis(5));
        }
    }

    @Nested
    class Arrivals {
        @Test
        void anIdleEngineStartsAtOnce() {
            EngineRun run = new EngineRun(TinyEngine.withLookAhead(TinyEngine.profile()));
            run.submit(EngineRequest.of("a", 1, 1), millis(0.3));
            run.drain();

            assertThat(run.time(Started.class, "a")).isEqualTo(millis(0.3));
            assertThat(run.time(FirstToken.class, "a")).isEqualTo(millis(1.3));
        }

        @Test
        void aBusyEngineSeesThemAtTheEndOfAStep() {
            EngineRun run = new EngineRun(TinyEngine.profile());
            run.submit(EngineRequest.of("a", 1, 9), 0);
            run.submit(EngineRequest.of("b", 1, 1), millis(2.1));
            run.drain();

            assertThat(run.time(Started.class, "b")).isEqualTo(millis(3));
        }

        @Test
        void oneThatComesWithTheEndOfAStepIsSeenByWhoeverIsToldFirst() {
            EngineRun submittedFirst = new EngineRun(TinyEngine.profile());
            submittedFirst.submit(EngineRequest.of("a", 1, 9), 0);
            submittedFirst.advanceTo(millis(2));
            submittedFirst.engine.submit(EngineRequest.of("b", 1, 1), millis(3));
            submittedFirst.drain();
            EngineRun advancedFirst = new EngineRun(TinyEngine.profile());
            advancedFirst.submit(EngineRequest.of("a", 1, 9), 0);
            advancedFirst.submit(EngineRequest.of("b", 1, 1), millis(3));
            advancedFirst.drain();

            assertThat(submittedFirst.time(Started.class, "b")).isEqualTo(millis(3));
            assertThat(advancedFirst.time(Started.class, "b")).isEqualTo(millis(4));
        }
    }

    @Nested
    class KvBlocks {
        /** Both hold 2 of the 4 blocks until each asks for a third at 3 ms. */
        private EngineRun tooMuchForTheMemory(EngineProfile profile) {
            EngineRun run =
                    new EngineRun(profile.withLimits(profile.limits().withMaxBatchedTokens(12)));
            run.submit(EngineRequest.of("a", 6, 6), 0);
            run.submit(EngineRequest.of("b", 6, 6), 0);
            run.submit(EngineRequest.of("c", 2, 1), 0);
            return run;
        }

        @Test
        void theLastAdmittedIsRecomputedWhenMemoryRunsOut() {
            EngineRun run = tooMuchForTheMemory(TinyEngine.withUsableBlocks(4)).drain();

            assertThat(run.events).contains(new Preempted("b", millis(3), 3));
            assertThat(run.time(Finished.class, "a")).isEqualTo(millis(6));
            // Its 9 tokens are computed in one step once a is gone, and give the fourth output
            // token.
            assertThat(run.time(Finished.class, "b")).isEqualTo(millis(9));
            assertThat(run.totals().prefillTokens()).isEqualTo(6 + 6 + 2 + 9);
            assertThat(run.totals().outputTokens()).isEqualTo(13);
        }

        @Test
        void itGoesToTheHeadOfTheQueueAndNobodyIsAdmitted() {
            EngineRun run =
                    tooMuchForTheMemory(TinyEngine.withUsableBlocks(4)).advanceTo(millis(3));

            // One block is left over, which c would fit into.
            assertThat(run.engine.snapshot().freeKvTokens()).isEqualTo(4);
            assertThat(run.engine.snapshot().waiting()).containsExactly("b", "c");
            assertThat(run.engine.snapshot().running()).containsExactly("a");
        }

        @Test
        void aRecomputeFindsWhatIsLeftOfItInTheCache() {
            EngineProfile caching = TinyEngine.withCache(TinyEngine.withUsableBlocks(4));
            EngineRun run = tooMuchForTheMemory(caching).drain();

            // b comes back at 6 ms for 9 tokens. Of its 2 blocks the first is full and untouched: a
            // took the other one.
            assertThat(run.events).contains(new Preempted("b", millis(3), 3));
            assertThat(run.totals().cachedTokens()).isEqualTo(4);
            assertThat(run.totals().prefillTokens()).isEqualTo(6 + 6 + 2 + 9 - 4);
        }

        @Test
        void oneBlockIsNeverGivenToAnyone() {
            EngineLimits limits = new EngineLimits(4, 8, 4, 5, 1_000);
            EngineRun run = new EngineRun(TinyEngine.profile().withLimits(limits));

            assertThat(run.engine.snapshot().usableKvTokens()).isEqualTo(16);
            assertThat(run.submit(EngineRequest.of("fits", 10, 6), 0))
                    .isEqualTo(new Submission.Queued());
            assertThat(run.submit(EngineRequest.of("too large", 10, 7), 0))
                    .isInstanceOf(Submission.Refused.class);
        }

        @Test
        void memoryIsTakenAsTokensAreComputed() {
            EngineRun run = new EngineRun(TinyEngine.withUsableBlocks(10));
            run.submit(EngineRequest.of("a", 20, 1), 0);
            run.advanceTo(0);
            assertThat(run.engine.snapshot().freeKvTokens()).isEqualTo(4 * (10 - 2));
            run.advanceTo(millis(1));
            assertThat(run.engine.snapshot().freeKvTokens()).isEqualTo(4 * (10 - 4));
            run.advanceTo(millis(3));
            assertThat(run.engine.snapshot().freeKvTokens()).isEqualTo(4 * 10);
        }
    }

    @Nested
    class WholePrompts {
        private final EngineProfile profile =
                new EngineProfile(
                        "WHOLE",
                        "toy",
                        "paper",
                        SlowestMemberStepCost.ofSeconds(0, 1e-3, 0, 1e-3),
                        new EngineLimits(4, 1_000, 4, 101, 1_000),
                        new BatchingRules(PrefillMode.WHOLE, false, 0));

        @Test
        void areComputedTogetherWhileDecodesWait() {
            EngineRun run = new EngineRun(profile);
            run.submit(EngineRequest.of("a", 2, 4), 0);
            run.submit(EngineRequest.of("b", 5, 1), millis(2.5));
            run.submit(EngineRequest.of("c", 7, 1), millis(2.5));
            run.drain();

            // a: prompt until 2 ms, one decode until 3 ms; then 7 ms of prompts; then its last two
            // tokens.
            assertThat(run.time(FirstToken.class, "b")).isEqualTo(millis(10));
            assertThat(run.time(FirstToken.class, "c")).isEqualTo(millis(10));
            assertThat(run.time(Finished.class, "a")).isEqualTo(millis(12));
        }

        @Test
        void aStepDoesNotGetLongerWithTheBatch() {
            EngineRun run = new EngineRun(profile);
            for (int i = 0; i < 4; i++) {
                run.submit(EngineRequest.of("r" + i, 3, 5), 0);
            }
            run.drain();

            assertThat(run.time(Finished.class, "r3")).isEqualTo(millis(3 + 4));
        }
    }
}
