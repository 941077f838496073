package io.sluice.sim.protocol;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

final class ScenarioTextTest {

    @Test
    void everyScenarioIsReadAsItWasWritten() {
        Set<Class<?>> kinds = new HashSet<>();
        for (long seed = 0; seed < 300; seed++) {
            ScenarioText text =
                    new ScenarioText(ScenarioGenerator.of(seed), EnumSet.of(Rule.LANE_HOLD));
            assertThat(ScenarioText.read(text.written())).isEqualTo(text);
            text.scenario().steps().forEach(step -> kinds.add(step.getClass()));
        }
        assertThat(kinds)
                .as("all kinds of steps")
                .containsOnly(Step.class.getPermittedSubclasses());
    }

    @Test
    void commentsAndEmptyLinesMeanNothing() {
        ScenarioText text =
                ScenarioText.read(
                        "sluice chaos scenario 1\n\n# why\nseed 7\n10 submit t/r input=20\n");

        assertThat(text.scenario().seed()).isEqualTo(7);
        assertThat(text.scenario().steps()).hasSize(1);
        assertThat(text.off()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "seed x | line 2: a seed cannot be 'x'",
                "without lane-hole | line 2: a rule cannot be 'lane-hole' (choose one of tenant-scoped-ids,",
                "sneed 3 | line 2: nothing is called 'sneed'",
                "10 | line 2: it lacks what happens",
                "10 explode | line 2: nothing is called 'explode'",
                "10 submit t/r | line 2: it lacks input=",
                "10 submit t/r input=20 wait-for=r1 | edges are written ID:GRADE:ON_FAILURE",
                "10 worker-cut gpu-1 for-ms=5 | line 2: there is no gpu-1, workers are 1",
                "10 stall handbacks partition=2 for-ms=5 | line 2: handbacks has partitions 0 to 1",
                "10 policies routing=nearest | choose one of",
                "10 drain gpu-0 now | line 2: 'now' means nothing here",
                "10 drain gpu-0 for-ms=2 | line 2: 'for-ms=' means nothing here",
                "workers 0 | line 2: the number must be 1 or more",
            })
    void whatCannotBeReadIsNamedWithItsLine(String line, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScenarioText.read("sluice chaos scenario 1\n" + line))
                .withMessageContaining(why);
    }

    @Test
    void otherFilesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScenarioText.read("{}"))
                .withMessage("line 1: a scenario begins with 'sluice chaos scenario 1'");
    }

    @Test
    void stepsComeInOrder() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                ScenarioText.read(
                                        "sluice chaos scenario 1\n10 drain gpu-0\n5 drain gpu-0"))
                .withMessageContaining("line 3: it comes before the step above");
    }
}
