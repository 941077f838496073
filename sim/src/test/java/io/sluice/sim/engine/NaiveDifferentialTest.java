package io.sluice.sim.engine;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The engine tells exactly what the step-by-step reference tells, at exactly the same times,
 * however it is driven.
 */
class NaiveDifferentialTest {

    @Property(tries = 4_000)
    void followingAnnouncedTimesGivesTheSameEvents(@ForAll long seed) {
        Scenario scenario = Scenario.random(seed);
        EngineRun run = new EngineRun(scenario.profile(), scenario.progressEveryTokens());
        for (Scenario.Action action : scenario.actions()) {
            follow(run, action.atNanos());
            act(run, action);
        }
        run.drain();
        assertSame(scenario, run);
    }

    @Property(tries = 4_000)
    void advancingAtAnyOtherTimesGivesTheSameEvents(@ForAll long seed) {
        Scenario scenario = Scenario.random(seed);
        Random random = new Random(seed);
        EngineRun run = new EngineRun(scenario.profile(), scenario.progressEveryTokens());
        for (Scenario.Action action : scenario.actions()) {
            wander(run, action.atNanos(), random);
            act(run, action);
        }
        while (run.engine.nextEventAt() != ContinuousBatchingEngine.NEVER) {
            wander(run, run.engine.snapshot().nanos() + random.nextLong(20_000_000), random);
        }
        assertSame(scenario, run);
    }

    @Property(tries = 500)
    void oneGreatLeapGivesTheSameEvents(@ForAll long seed) {
        Scenario scenario = Scenario.random(seed);
        EngineRun run = new EngineRun(scenario.profile(), scenario.progressEveryTokens());
        for (Scenario.Action action : scenario.actions()) {
            wander(run, action.atNanos(), new Random(0));
            act(run, action);
        }
        run.advanceTo(Long.MAX_VALUE);
        assertSame(scenario, run);
    }

    /**
     * As a simulator does: to each announced time, and on if that is later than the next thing to
     * do.
     */
    private static void follow(EngineRun run, long until) {
        while (run.engine.nextEventAt() < until) {
            run.advanceTo(run.engine.nextEventAt());
        }
        if (until > run.engine.snapshot().nanos()
                && run.engine.nextEventAt() == ContinuousBatchingEngine.NEVER) {
            run.advanceTo(until);
        }
    }

    /** As a wall clock does: whenever it happens to look. */
    private static void wander(EngineRun run, long until, Random random) {
        long now = Math.max(0, run.engine.snapshot().nanos());
        while (now < until - 1 && random.nextInt(5) > 0) {
            now += random.nextLong(until - 1 - now) / (1 + random.nextInt(50)) + 1;
            run.advanceTo(now);
        }
        if (now < until - 1) {
            run.advanceTo(until - 1);
        }
    }

    private static void act(EngineRun run, Scenario.Action action) {
        if (action instanceof Scenario.Submit submit) {
            run.engine.submit(submit.request(), submit.atNanos());
        } else if (action instanceof Scenario.Cancel cancel) {
            run.engine.cancel(cancel.id(), cancel.atNanos());
        }
    }

    private static void assertSame(Scenario scenario, EngineRun run) {
        NaiveEngine naive = new NaiveEngine(scenario).run();
        assertThat(run.events).isEqualTo(naive.events);
        assertThat(run.loads).isEqualTo(naive.loads);
        run.ends.forEach(
                (steps, endNanos) -> assertThat(endNanos).isEqualTo(naive.ends.get(steps - 1)));
        EngineCounters totals = run.totals();
        assertThat(totals.steps()).isEqualTo(naive.steps);
        assertThat(totals.prefillTokens()).isEqualTo(naive.prefillTokens);
        assertThat(totals.decodeTokens()).isEqualTo(naive.decodeTokens);
        assertThat(totals.cachedTokens()).isEqualTo(naive.cachedTokens);
        assertThat(totals.refused()).isEqualTo(naive.refused.size());
    }
}
