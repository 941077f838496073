package io.sluice.sim.sequential;

import io.sluice.sim.engine.StudyCoefficients;
import io.sluice.sim.workload.PredictorStage;
import io.sluice.sim.workload.SemanticSettings;
import io.sluice.sim.workload.SimulatedRequest;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

import static io.sluice.sim.sequential.SequentialRuns.A5000_4B;
import static io.sluice.sim.sequential.SequentialRuns.ONE_SECOND;
import static io.sluice.sim.sequential.SequentialRuns.lasting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class CorrectedSequentialTest {

    private static final int SEEDS = 200;

    /** Transfers cost as much as computing the prompt again, so that nothing is put aside. */
    private static final SequentialCost NOTHING_KEPT =
            new SequentialCost(new StudyCoefficients(0, 1, 0, 1e-3, 100), 100, 100);

    /** Where all arrive together nothing is interrupted, and the order is a plain one. */
    @Test
    void withoutLaterArrivalsItIsPriorityThenShortest() {
        SemanticSettings together =
                SemanticSettings.sequential()
                        .withArrivals(Duration.ZERO, 5)
                        .withPredictors(PredictorStage.NONE);
        for (long seed = 0; seed < SEEDS; seed++) {
            List<SimulatedRequest> requests = SequentialRuns.requests(together, seed);
            SequentialResult corrected = new CorrectedSequential(A5000_4B).run(requests);
            SequentialResult reference =
                    new ReferenceSequential(ReferenceSequential.Order.PRIORITY_SHORTEST, A5000_4B)
                            .run(requests);
            assertThat(corrected.preemptions()).isZero();
            for (int i = 0; i < requests.size(); i++) {
                assertThat(corrected.served().get(i).completionSeconds())
                        .isCloseTo(reference.served().get(i).completionSeconds(), within(1e-6));
            }
        }
    }

    /** The most urgent class is never late because of another, and all work is done. */
    @Test
    void holdsOnTheRequestsOfTheStudy() {
        for (long seed = 0; seed < SEEDS; seed++) {
            List<SimulatedRequest> requests =
                    SequentialRuns.requests(SemanticSettings.sequential(), seed);
            SequentialResult result = new CorrectedSequential(A5000_4B).run(requests);
            double work = 0;
            for (SequentialResult.Served one : result.served()) {
                double own =
                        A5000_4B.request(
                                one.request().promptTokens(), one.request().outputTokens());
                work += own;
                assertThat(one.waitingSeconds()).isGreaterThan(own - 1e-9);
            }
            assertThat(result.served())
                    .extracting(SequentialResult.Served::request)
                    .isEqualTo(requests);
            assertThat(result.makespanSeconds()).isGreaterThan(work - 1e-9);
        }
    }

    /** 1 s of prompt and 1.5 tokens are done: the prompt and a token are computed again. */
    @Test
    void anInterruptedTokenIsLost() {
        List<SimulatedRequest> requests =
                List.of(lasting(6, 1, 0, 0), SimulatedRequest.of(1, 2_500_000_000L, 1_000, 1));
        SequentialResult result = new CorrectedSequential(NOTHING_KEPT).run(requests);
        assertThat(result.preemptions()).isEqualTo(1);
        assertThat(result.served().get(1).completionSeconds()).isCloseTo(4.5, within(1e-9));
        assertThat(result.served().get(0).completionSeconds()).isCloseTo(4.5 + 6, within(1e-9));
    }

    /** Loading and saving 1,001 tokens at 0.1 ms takes 0.2 s instead of computing for 2 s. */
    @Test
    void whatIsCheaperToMoveThanToComputeIsKept() {
        SequentialCost fast =
                new SequentialCost(new StudyCoefficients(0, 1, 0, 1e-3, 1e-4), 1e-4, 1e-4);
        List<SimulatedRequest> requests =
                List.of(lasting(6, 1, 0, 0), SimulatedRequest.of(1, 2_000_000_000L, 1_000, 1));
        SequentialResult result = new CorrectedSequential(fast).run(requests);
        assertThat(result.served().get(1).completionSeconds())
                .isCloseTo(2 + 0.1001 + 2, within(1e-9));
        assertThat(result.served().get(0).completionSeconds())
                .isCloseTo(4.1001 + 0.1001 + 4, within(1e-9));
    }

    /** What was put aside once is not paid for again, and an interrupted prompt starts anew. */
    @Test
    void interruptedTwice() {
        SequentialCost fast =
                new SequentialCost(new StudyCoefficients(0, 1, 0, 1e-3, 1e-4), 1e-4, 1e-4);
        List<SimulatedRequest> requests =
                List.of(
                        lasting(6, 1, 0, 0),
                        SimulatedRequest.of(1, 2_000_000_000L, 1_000, 1),
                        SimulatedRequest.of(2, 5_200_200_000L, 1_000, 1),
                        lasting(3, 2, 3, 30),
                        SimulatedRequest.of(4, 30_500_000_000L, 1_000, 1));
        SequentialResult result = new CorrectedSequential(fast).run(requests);
        assertThat(result.preemptions()).isEqualTo(3);
        // Interrupted at 5.2002 after 0.1001 of reading back and one more token: one is put aside.
        assertThat(result.served().get(2).completionSeconds())
                .isCloseTo(5.2002 + 0.0001 + 2, within(1e-9));
        assertThat(result.served().get(0).completionSeconds())
                .isCloseTo(7.2003 + 0.1002 + 3, within(1e-9));
        // Half a prompt is nothing to keep.
        assertThat(result.served().get(4).completionSeconds()).isCloseTo(32.5, within(1e-9));
        assertThat(result.served().get(3).completionSeconds()).isCloseTo(35.5, within(1e-9));
    }

    /**
     * At 3 s, 8 s are left, or 11 with what an interruption loses. A newcomer of 4 s interrupts,
     * since 2 x 4 + 11 is less than 2 x 8 + 4; one of 5 s does not, since 21 is not less than 21.
     */
    @Test
    void equalClassesInterruptWhereBothTogetherWaitLess() {
        assertThat(run(lasting(11, 0, 0, 0), lasting(4, 0, 1, 3)).preemptions()).isEqualTo(1);
        assertThat(run(lasting(11, 0, 0, 0), lasting(5, 0, 1, 3)).preemptions()).isZero();
    }

    @Test
    void lessUrgentNeverInterrupts() {
        assertThat(run(lasting(100, 0, 0, 0), lasting(2, 1, 1, 3)).preemptions()).isZero();
    }

    @Test
    void equalKeysAreServedInOrderOfArrival() {
        SequentialResult result =
                run(
                        lasting(5, 0, 0, 0),
                        lasting(3, 1, 1, 1),
                        lasting(3, 1, 2, 1),
                        lasting(3, 1, 3, 2));
        assertThat(result.served().stream().map(one -> Math.round(one.completionSeconds())))
                .containsExactly(5L, 8L, 11L, 14L);
    }

    private static SequentialResult run(SimulatedRequest... requests) {
        return new CorrectedSequential(ONE_SECOND).run(List.of(requests));
    }
}
