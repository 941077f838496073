package io.sluice.sim.sequential;

import io.sluice.sim.workload.PredictorStage;
import io.sluice.sim.workload.SemanticSettings;
import io.sluice.sim.workload.SimulatedRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static io.sluice.sim.sequential.SequentialRuns.A5000_4B;
import static io.sluice.sim.sequential.SequentialRuns.ONE_SECOND;
import static io.sluice.sim.sequential.SequentialRuns.lasting;
import static io.sluice.sim.sequential.SequentialRuns.means;
import static io.sluice.sim.sequential.SequentialRuns.total;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ReferenceSequentialTest {

    private static final List<SimulatedRequest> STUDY =
            SequentialRuns.requests(
                    SemanticSettings.sequential().withPredictors(PredictorStage.NONE), 0);

    /** Computed apart, by another program. */
    @ParameterizedTest
    @CsvSource({
        "FCFS, 2418, 104.1 70.5 104.9 141.0 92.3",
        "SHORTEST, 1728, 53.4 62.7 112.7 26.5 59.0",
        "PRIORITY, 2463, 17.4 30.6 99.3 135.1 171.8",
        "PRIORITY_SHORTEST, 2329, 9.2 28.3 91.9 133.1 166.7",
    })
    void ordersOnTheRequestsOfTheStudy(
            ReferenceSequential.Order order, String total, String means) {
        SequentialResult result = new ReferenceSequential(order, A5000_4B).run(STUDY);
        assertThat(total(result, 0)).isEqualTo(total);
        assertThat(means(result, 1)).isEqualTo(means);
    }

    @Test
    void isIdleWhileNothingIsReleased() {
        SequentialResult result =
                new ReferenceSequential(ReferenceSequential.Order.FCFS, ONE_SECOND)
                        .run(List.of(lasting(2, 0, 0, 1), lasting(2, 0, 1, 10)));
        assertThat(result.makespanSeconds()).isCloseTo(12, within(1e-9));
        assertThat(result.totalWaitingSeconds()).isCloseTo(4, within(1e-9));
    }

    @Test
    void nothingToDo() {
        assertThat(
                        new ReferenceSequential(ReferenceSequential.Order.FCFS, ONE_SECOND)
                                .run(List.of())
                                .served())
                .isEmpty();
    }
}
