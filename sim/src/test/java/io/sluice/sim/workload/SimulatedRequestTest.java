package io.sluice.sim.workload;

import io.sluice.core.model.SloTarget;
import io.sluice.sim.engine.PromptBlocks;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SimulatedRequestTest {

    private static final SimulatedRequest PLAIN = SimulatedRequest.of(4, 10, 20, 30);

    @Test
    void withoutMoreItIsUrgentKnownAndScheduledOnArrival() {
        assertThat(PLAIN)
                .isEqualTo(
                        new SimulatedRequest(
                                4,
                                10,
                                10,
                                0,
                                0,
                                "default",
                                20,
                                30,
                                30,
                                30.0,
                                Long.MAX_VALUE,
                                PromptBlocks.unknown(),
                                null,
                                SloTarget.NONE,
                                null));
        assertThat(PLAIN.hasDeadline()).isFalse();
        assertThat(PLAIN.step()).isNull();
    }

    @Test
    void everyPartCanBeGiven() {
        PromptBlocks blocks = PromptBlocks.of(16, 1, 2);
        SloTarget targets = new SloTarget(500, 50, 9_000);
        assertThat(
                        PLAIN.withRelease(11)
                                .withRank(3, 2)
                                .withTenant("t")
                                .withPrediction(31, 0.5)
                                .withDeadline(99)
                                .withContent(blocks, "s")
                                .withTargets(targets))
                .isEqualTo(
                        new SimulatedRequest(
                                4, 10, 11, 3, 2, "t", 20, 30, 31, 0.5, 99, blocks, "s", targets,
                                null));
    }

    @Test
    void aStepOfAWorkflowStaysOne() {
        WorkflowStep step = new WorkflowStep("w", List.of(WorkflowStep.Edge.on(3)));
        assertThat(
                        PLAIN.withStep(step)
                                .withRelease(11)
                                .withRank(3, 2)
                                .withTenant("t")
                                .withPrediction(31, 0.5)
                                .withDeadline(99)
                                .withContent(PromptBlocks.unknown(), "s")
                                .step())
                .isEqualTo(step);
    }

    @Test
    void nonsenseIsNamed() {
        assertThatThrownBy(() -> PLAIN.withRelease(9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("request 4: releaseNanos is 9, must be at or after the arrival at 10");
        assertThatThrownBy(() -> SimulatedRequest.of(4, 10, 0, 1))
                .hasMessage("request 4: promptTokens is 0, must be 1 or more");
        assertThatThrownBy(() -> PLAIN.withDeadline(3)).hasMessageContaining("deadlineNanos is 3");
        assertThatThrownBy(() -> PLAIN.withPrediction(1, Double.NaN))
                .hasMessageContaining("score is NaN");
    }
}
