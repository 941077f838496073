package io.sluice.sim.engine;

import io.sluice.sim.engine.EngineEvent.Finished;
import io.sluice.sim.engine.EngineEvent.FirstToken;
import io.sluice.sim.engine.EngineEvent.Started;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static io.sluice.sim.engine.TinyEngine.millis;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each rule about who is in a step, and with how much of it, by itself, on queues that can be
 * followed by hand. The steps of these engines last 1 ms.
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
