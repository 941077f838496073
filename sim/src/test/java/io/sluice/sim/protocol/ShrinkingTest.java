package io.sluice.sim.protocol;

import io.sluice.sim.protocol.Violation.Promise;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What breaks a promise is told in less than half its steps, each of which is needed, and breaks it
 * again.
 */
final class ShrinkingTest {

    @ParameterizedTest
    @EnumSource(names = {"LANE_HOLD", "WRITTEN_AGAIN", "LOG_TIME_LEASE", "IN_BAND_TICK"})
    void aSeedThatBreaksAPromiseIsToldInFewStepsThatAreAllNeeded(Rule rule) {
        long seed = firstBroken(rule);
        Explanation explanation = Explanation.of(seed, Set.of(rule));
        ScenarioText text = ScenarioText.read(explanation.scenario());
        Promise promise = strongest(ProtocolRun.ofSeed(seed, Set.of(rule)));

        int all = ScenarioGenerator.of(seed).steps().size();
        assertThat(explanation.steps()).as(explanation.scenario()).isLessThan(all / 2);
        assertThat(strongest(ProtocolRun.of(text.scenario(), text.off(), false)))
                .isEqualTo(promise);
        assertThat(ProtocolRun.of(text.scenario(), Set.of(), false).violations())
                .as("with the rule, the same scenario")
                .isEmpty();
        for (int i = 0; i < explanation.steps(); i++) {
            List<Step> fewer = new ArrayList<>(text.scenario().steps());
            Step left = fewer.remove(i);
            assertThat(ProtocolRun.of(text.scenario().with(fewer), text.off(), false))
                    .as("without %s", left)
                    .matches(result -> !result.breaks(promise));
        }
    }

    @Test
    void theScenarioInAFileTakesTheSameCourse() {
        Explanation first = Explanation.of(firstBroken(Rule.LANE_HOLD), Set.of(Rule.LANE_HOLD));
        Explanation again = Explanation.ofScenario(first.scenario());

        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.violations()).isNotEmpty().isEqualTo(first.violations());
    }

    @Test
    void aSeedThatBreaksNothingIsToldAsItIs() {
        Explanation explanation = Explanation.of(0, Set.of());

        assertThat(explanation.violations()).isEmpty();
        assertThat(explanation.steps()).isEqualTo(ScenarioGenerator.of(0).steps().size());
    }

    private static long firstBroken(Rule rule) {
        return LongStream.range(0, 1_000)
                .filter(seed -> ProtocolRun.ofSeed(seed, Set.of(rule)).breaks(rule.promise()))
                .findFirst()
                .orElseThrow();
    }

    private static Promise strongest(ProtocolRun.Result result) {
        return result.breaks(Promise.THE_LAW) ? Promise.THE_LAW : Promise.NO_WASTED_WORK;
    }
}
