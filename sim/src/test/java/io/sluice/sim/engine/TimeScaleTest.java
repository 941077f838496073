package io.sluice.sim.engine;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TimeScaleTest {

    @Test
    void tenTimesAsFast() {
        TimeScale scale = TimeScale.of(10, 1_000);
        assertThat(scale.toSimulated(1_000)).isEqualTo(1_000);
        assertThat(scale.toSimulated(1_007)).isEqualTo(1_070);
        assertThat(scale.toReal(1_070)).isEqualTo(1_007);
        assertThat(scale.toReal(1_071)).isEqualTo(1_008);
        assertThat(scale.toReal(ContinuousBatchingEngine.NEVER))
                .isEqualTo(ContinuousBatchingEngine.NEVER);
    }

    /**
     * The real time of a simulated one is the first at which it has come: nothing is early, nothing
     * is missed.
     */
    @Property
    void realTimeIsTheFirstThatReachesTheSimulatedOne(
            @ForAll @LongRange(min = 1, max = 1_000_000_000_000L) long millionths,
            @ForAll @LongRange(max = 1_000_000_000_000_000L) long simulated) {
        TimeScale scale = TimeScale.of(millionths / 1e6, 0);
        long bounded = Math.min(simulated, millionths * 1_000_000);
        long real = scale.toReal(bounded);
        assertThat(scale.toSimulated(real)).isGreaterThanOrEqualTo(bounded);
        assertThat(scale.toSimulated(real - 1)).isLessThan(bounded);
    }

    @Test
    void nonsenseIsNamed() {
        for (double nonsense :
                new double[] {0, -1, 2e6, 1e-7, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> TimeScale.of(nonsense, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("speedup is " + nonsense);
        }
    }

    @Property(tries = 300)
    void aScaledEngineDoesTheSameFaster(@ForAll long seed) {
        Scenario scenario = Scenario.random(seed);
        TimeScale scale = TimeScale.of(12.5, 0);
        ScaledEngine scaled =
                new ScaledEngine(new ContinuousBatchingEngine(scenario.profile()), scale);
        EngineRun plain = new EngineRun(scenario.profile());
        List<EngineEvent> events = new ArrayList<>();
        for (Scenario.Action action : scenario.actions()) {
            if (action instanceof Scenario.Submit submit) {
                long real = scale.toReal(submit.atNanos());
                scaled.advanceTo(real, events::add);
                scaled.submit(submit.request(), real);
                plain.advanceTo(scale.toSimulated(real));
                plain.engine.submit(submit.request(), scale.toSimulated(real));
            }
        }
        while (scaled.nextEventAt() != ContinuousBatchingEngine.NEVER) {
            scaled.advanceTo(scaled.nextEventAt(), events::add);
        }
        plain.drain();
        assertThat(events)
                .isEqualTo(
                        plain.events.stream()
                                .map(event -> event.at(scale.toReal(event.atNanos())))
                                .toList());
    }
}
