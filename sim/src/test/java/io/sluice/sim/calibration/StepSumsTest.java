package io.sluice.sim.calibration;

import io.sluice.sim.engine.LinearStepCost;
import io.sluice.sim.engine.StepLoad;

import org.junit.jupiter.api.Test;

import java.util.EnumSet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class StepSumsTest {
    private static final StepLoad DECODES = new StepLoad(0, 0, 3, 300, 110);
    private static final StepLoad MIXED = new StepLoad(500, 400, 2, 250, 130);

    private static final StepCostForm ALL = StepCostForm.of(EnumSet.allOf(StepTerm.class));

    @Test
    void aRunOfDecodesIsTheSumOfItsSteps() {
        StepSums oneByOne = StepSums.NONE;
        for (int i = 0; i < 40; i++) {
            oneByOne = oneByOne.plus(DECODES.after(i), 1);
        }

        assertThat(StepSums.NONE.plus(DECODES, 40)).isEqualTo(oneByOne);
        assertThat(oneByOne).isEqualTo(new StepSums(40, 0, 120, 300 * 40 + 3 * 780, 0, 0));
    }

    @Test
    void aMixedStepCountsItsContextsTwice() {
        StepSums sums = StepSums.of(DECODES).plus(MIXED, 1);

        assertThat(sums).isEqualTo(new StepSums(2, 500, 5, 550, 250, 1));
        assertThat(sums.since(StepSums.of(DECODES))).isEqualTo(StepSums.of(MIXED));
    }

    /** What the fit multiplies is what the engine lasts. */
    @Test
    void sumsTimesCoefficientsAreTheDuration() {
        double[] seconds = {12e-3, 38e-6, 17e-6, 97e-9, 68e-9, 3e-3};
        LinearStepCost cost = ALL.cost(seconds);
        double[] counts = ALL.row(StepSums.NONE.plus(DECODES, 40).plus(MIXED, 1));
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += counts[i] * seconds[i];
        }

        double picos = cost.decodeRunPicos(DECODES, 40) + cost.stepPicos(MIXED);
        assertThat(sum).isCloseTo(picos * 1e-12, within(1e-9));
        assertThat(ALL.coefficients(cost)).containsExactly(seconds, within(1e-12));
    }

    @Test
    void formsAreReadByNumberOrByTheirTerms() {
        assertThat(StepCostForm.parse("3")).isEqualTo(StepCostForm.THREE_TERMS);
        assertThat(StepCostForm.parse(" 5 ")).isEqualTo(StepCostForm.FIVE_TERMS);
        assertThat(StepCostForm.parse("context-token, STEP, prefill-token"))
                .isEqualTo(StepCostForm.THREE_TERMS)
                .hasToString("step,prefill-token,context-token");
        assertThatThrownBy(() -> StepCostForm.parse("step,prefil"))
                .hasMessage(
                        "no step cost term \"prefil\"; choose 3, 4, 5 or some of step,prefill-token,decode,context-token,mixed-context-token,mixed-step");
        assertThatThrownBy(() -> StepCostForm.parse("decode"))
                .hasMessageContaining("the term step is missing");
    }

    @Test
    void aConstantThatWasFittedTo0StillTakesTime() {
        assertThat(StepCostForm.THREE_TERMS.cost(new double[] {0, 1e-6, 0}).stepPicos())
                .isEqualTo(1_000_000);
    }
}
