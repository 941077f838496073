package io.sluice.sim.sequential;

import io.sluice.sim.engine.StudyCoefficients;
import io.sluice.sim.workload.SemanticSettings;
import io.sluice.sim.workload.SimulatedRequest;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static io.sluice.sim.sequential.SequentialRuns.ONE_SECOND;
import static io.sluice.sim.sequential.SequentialRuns.lasting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the study's program does wrong, on the smallest runs that show it, beside what is right. */
class StudyDefectsTest {

    /** A request of class 3 arrives alone, and passes one of class 0 that comes later. */
    @Test
    void whoDoesNotPreemptQueuesInTheClassOfTheRunning() {
        List<SimulatedRequest> requests =
                List.of(
                        lasting(11, 0, 0, 0),
                        lasting(2, 3, 1, 1),
                        lasting(8, 0, 2, 2),
                        lasting(3, 1, 3, 2));
        assertThat(completions(study(requests))).containsExactly(11.0, 13.0, 21.0, 24.0);
        assertThat(completions(corrected(requests))).containsExactly(11.0, 24.0, 19.0, 22.0);
    }

    @Test
    void aloneInALongIntervalARequestDoesNothing() {
        List<SimulatedRequest> requests = List.of(lasting(3, 0, 0, 0), lasting(2, 1, 1, 10));
        SequentialResult study = study(requests);
        assertThat(completions(study)).containsExactly(13.0, 15.0);
        assertThat(waiting(study)).containsExactly(3.0, 5.0);
        assertThat(completions(corrected(requests))).containsExactly(3.0, 12.0);
        assertThat(waiting(corrected(requests))).containsExactly(3.0, 2.0);
    }

    @Test
    void theLastOfALongIntervalDoesNotWaitWhileItRuns() {
        List<SimulatedRequest> requests =
                List.of(lasting(3, 0, 0, 0), lasting(2, 1, 1, 0), lasting(2, 0, 2, 10));
        SequentialResult study = study(requests);
        assertThat(completions(study)).containsExactly(3.0, 5.0, 12.0);
        assertThat(waiting(study)).containsExactly(3.0, 3.0, 2.0);
        assertThat(waiting(corrected(requests))).containsExactly(3.0, 5.0, 2.0);
    }

    @Test
    void equalKeysLeaveTheQueueInTheOrderOfItsHeap() {
        StudyHeap heap = new StudyHeap();
        for (int i = 0; i < 8; i++) {
            StudyRequest request =
                    new StudyRequest(lasting(2, 0, i, 0), StudyRules.january(ONE_SECOND));
            heap.push(new StudyHeap.Entry(0, 1, request));
        }
        List<Integer> popped = new ArrayList<>();
        while (!heap.isEmpty()) {
            popped.add(heap.pop().request().index());
        }
        assertThat(popped).containsExactly(7, 0, 4, 1, 2, 3, 5, 6);
    }

    @Test
    void nothingToDo() {
        SequentialResult result = study(List.of());
        assertThat(result.served()).isEmpty();
        assertThat(result.makespanSeconds()).isZero();
        assertThat(result.meanWaitingSecondsByRank()).isEmpty();
    }

    /**
     * Everything that is not one of these defects holds: all requests end, none before it could.
     */
    @Test
    void allEndAndNoneTooEarly() {
        for (long seed = 0; seed < 200; seed++) {
            List<SimulatedRequest> requests =
                    SequentialRuns.requests(SemanticSettings.sequential(), seed);
            SequentialResult result = StudySequential.of(SequentialRuns.A5000_4B).run(requests);
            assertThat(result.served())
                    .extracting(SequentialResult.Served::request)
                    .isEqualTo(requests);
            assertThat(result.served())
                    .allMatch(
                            one ->
                                    one.completionSeconds() + 1e-6
                                            > SequentialResult.releaseSeconds(one.request())
                                                    + SequentialRuns.A5000_4B.request(
                                                            one.request().promptTokens(),
                                                            one.request().outputTokens()));
        }
    }

    @Test
    void coefficientsThatTheStudyDividesByAreNeeded() {
        SequentialCost flat =
                new SequentialCost(new StudyCoefficients(0, 1, 0, 1e-3, 0.5), 0.5, 0.5);
        assertThatThrownBy(() -> StudySequential.of(flat))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("above 0, not 0.0 s and 0.0 s");
    }

    private static SequentialResult study(List<SimulatedRequest> requests) {
        return StudySequential.of(ONE_SECOND).run(requests);
    }

    private static SequentialResult corrected(List<SimulatedRequest> requests) {
        return new CorrectedSequential(ONE_SECOND).run(requests);
    }

    private static List<Double> completions(SequentialResult result) {
        return result.served().stream()
                .map(one -> Math.round(one.completionSeconds() * 1e6) / 1e6)
                .toList();
    }

    private static List<Double> waiting(SequentialResult result) {
        return result.served().stream()
                .map(one -> Math.round(one.waitingSeconds() * 1e6) / 1e6)
                .toList();
    }
}
