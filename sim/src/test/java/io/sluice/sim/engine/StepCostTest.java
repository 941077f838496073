package io.sluice.sim.engine;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class StepCostTest {
    private static final StepLoad MIXED = new StepLoad(100, 60, 3, 5_000, 3_000);

    @Test
    void theLinearCostIsTheSumOfItsTerms() {
        StepCost cost =
                LinearStepCost.ofStep(10e-3)
                        .withPrefillToken(40e-6)
                        .withDecode(20e-6)
                        .withContextToken(100e-9)
                        .withMixedContextToken(50e-9)
                        .withMixedStep(1e-3);

        // 10 + 100 * 0.04 + 3 * 0.02 + 5000 * 0.0001 + 5000 * 0.00005 + 1 ms
        assertThat(cost.stepPicos(MIXED)).isEqualTo(15_810_000_000L);
        // The mixed terms are not part of a pure decode: 10 + 0.06 + 0.5 ms.
        assertThat(cost.stepPicos(new StepLoad(0, 0, 3, 5_000, 3_000))).isEqualTo(10_560_000_000L);
    }

    @Test
    void theSlowestMemberAloneCounts() {
        StepCost cost = SlowestMemberStepCost.ofSeconds(1e-6, 10e-3, 1e-8, 1e-4);

        // 60^2 * 1e-8 + 60 * 1e-4 s; the 40 tokens of the other prompt and the decodes cost
        // nothing.
        assertThat(cost.stepPicos(MIXED)).isEqualTo(6_036_000_000L);
        assertThat(cost.stepPicos(new StepLoad(0, 0, 3, 5_000, 3_000))).isEqualTo(13_000_000_000L);
    }

    @Property
    void aRunOfStepsIsTheSumOfItsSteps(
            @ForAll long seed,
            @ForAll @IntRange(max = 300) int steps,
            @ForAll @IntRange(min = 1, max = 200) int decodes,
            @ForAll @IntRange(min = 2, max = 40_000) int longest) {
        StepCost cost = Scenario.random(seed).profile().cost();
        StepLoad first = new StepLoad(0, 0, decodes, (long) decodes * longest / 2, longest);
        long sum = 0;
        for (int i = 0; i < steps; i++) {
            sum += cost.stepPicos(first.after(i));
        }
        assertThat(cost.decodeRunPicos(first, steps)).isEqualTo(sum);
    }

    @Property
    void timeAddedAtOnceIsTimeAddedStepByStep(
            @ForAll @IntRange(min = 1, max = 50) int steps, @ForAll @IntRange(min = 1) int picos) {
        StepTime single = StepTime.at(17);
        for (int i = 0; i < steps; i++) {
            single = single.plus(picos);
        }
        assertThat(single).isEqualTo(StepTime.at(17).plus((long) steps * picos));
        assertThat(StepTime.at(17).picosUpTo(single.nanos()))
                .isGreaterThanOrEqualTo((long) steps * picos);
        assertThat(StepTime.at(17).picosUpTo(single.nanos() - 1)).isLessThan((long) steps * picos);
    }

    @Test
    void timeUpToTheEndOfAllTimeIsWithoutBound() {
        assertThat(new StepTime(5, 3).picosUpTo(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(new StepTime(-5, 3).picosUpTo(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void negativeAbsurdAndMissingCoefficientsAreNamed() {
        assertThatThrownBy(() -> LinearStepCost.ofStep(1e-3).withPrefillToken(-1e-9))
                .hasMessage("step cost: prefill token is -1.0E-9 s, must be from 0 to 1.0 s");
        assertThatThrownBy(() -> LinearStepCost.ofStep(1e-3).withContextToken(Double.NaN))
                .hasMessageContaining("context token is NaN s");
        assertThatThrownBy(() -> LinearStepCost.ofStep(1e-3).withMixedStep(1e9))
                .hasMessageContaining("mixed step is 1.0E9 s, must be from 0 to 100.0 s");
        assertThatThrownBy(() -> LinearStepCost.ofStep(0))
                .hasMessageContaining("a step must take time");
        assertThatThrownBy(() -> SlowestMemberStepCost.ofSeconds(0, 1e-3, -1, 1e-4))
                .hasMessageContaining("prefill square is -1.0 s");
    }

    /** The three examples of the study. */
    @Test
    void theStudyProfilesGiveTheExamplesOfTheStudy() {
        assertMillis(EngineProfiles.A100_4B, 52.9, 11.96);
        assertMillis(EngineProfiles.A100_7B, 202.4, 13.31);
        assertMillis(EngineProfiles.A5000_4B, 65.7, 31.5);
    }

    private static void assertMillis(String name, double prefillOf500, double decodeStep) {
        StepCost cost = EngineProfiles.named(name).cost();
        assertThat(cost.stepPicos(StepLoad.prefill(500, 500)) / 1e9)
                .isCloseTo(prefillOf500, within(0.06));
        assertThat(cost.stepPicos(new StepLoad(0, 0, 1, 500, 500)) / 1e9)
                .isCloseTo(decodeStep, within(0.06));
    }
}
