package io.sluice.sim.engine;

import io.sluice.sim.engine.EngineEvent.Finished;
import io.sluice.sim.engine.EngineEvent.Preempted;
import io.sluice.sim.engine.EngineEvent.Started;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static io.sluice.sim.engine.TinyEngine.millis;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each rule about blocks of KV memory, those of the prefix cache included, by itself, on queues
 * that can be followed by hand. The steps of these engines last 1 ms.
 */
class MemoryRulesTest {

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
}
