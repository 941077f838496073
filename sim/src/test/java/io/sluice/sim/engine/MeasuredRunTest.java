package io.sluice.sim.engine;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

/**
 * The engine against the real run. Check values are those of an independent implementation of the
 * same rules and coefficients; they hold within 0.5 %, since ties at step ends may fall either way.
 */
class MeasuredRunTest {
    private static final double CHECK_PERCENT = 0.5;

    private static final EngineProfile SET_B_PROFILE =
            EngineProfiles.named(EngineProfiles.RTXPRO6000_8B);

    private static List<MeasuredRun.Arrival> arrivals;

    @BeforeAll
    static void read() {
        arrivals = MeasuredRun.arrivals();
    }

    @Test
    void setAGivesItsCheckValues() {
        EngineRun run = MeasuredRun.replay(SET_B_PROFILE.withCost(MeasuredRun.SET_A), arrivals);
        RequestLatencies latencies = MeasuredRun.simulated(run, arrivals);

        assertSteps(run, 2_391, 259);
        assertSeconds(latencies.lastToken(), 66.454);
        assertTtft(latencies, 7.102, 9.483, 16.775, 19.850);
        assertTpotMillisAndEndToEnd(latencies, 32.6, 37.4, 28.301, 37.807);
        double[] firstTokens = {0.1195, 0.3797, 0.5234, 0.5902, 0.6154};
        for (int i = 0; i < firstTokens.length; i++) {
            assertSeconds(run.time(EngineEvent.FirstToken.class, "r" + i) / 1e9, firstTokens[i]);
        }
    }

    @Test
    void setBGivesItsCheckValues() {
        EngineRun run = MeasuredRun.replay(SET_B_PROFILE, arrivals);
        RequestLatencies latencies = MeasuredRun.simulated(run, arrivals);

        assertSteps(run, 2_401, 262);
        assertSeconds(latencies.lastToken(), 65.839);
        assertTtft(latencies, 7.140, 9.258, 16.838, 19.994);
        assertTpotMillisAndEndToEnd(latencies, 32.6, 37.9, 28.309, 37.851);
    }

    @Test
    void tokensComputedAreExactlyThoseNeeded() {
        EngineCounters totals = MeasuredRun.replay(SET_B_PROFILE, arrivals).totals();

        long prompts = arrivals.stream().mapToLong(a -> a.request().promptTokens()).sum();
        long outputs = arrivals.stream().mapToLong(a -> a.request().outputTokens()).sum();
        assertThat(prompts).isEqualTo(257_239);
        assertThat(totals.cachedTokens()).isEqualTo(19_520);
        assertThat(totals.prefillTokens() + totals.decodeTokens())
                .isEqualTo(prompts - 19_520 + outputs - arrivals.size())
                .isEqualTo(433_172);
        assertThat(totals.preemptions()).isZero();
    }

    /**
     * How far the shipped profile is from reality: the numbers that docs/engine-model.md states.
     */
    @Test
    void theProfilePredictsTheMeasuredRun() {
        RequestLatencies real = MeasuredRun.measured();
        RequestLatencies model =
                MeasuredRun.simulated(MeasuredRun.replay(SET_B_PROFILE, arrivals), arrivals);

        assertThat(real.ttft().mean()).isCloseTo(7.120, within(0.001));
        assertThat(model.ttft().mean()).isCloseTo(real.ttft().mean(), withinPercentage(1));
        assertThat(model.ttft().at(0.5)).isCloseTo(real.ttft().at(0.5), withinPercentage(3));
        assertThat(model.ttft().at(0.99)).isCloseTo(real.ttft().at(0.99), withinPercentage(1));
        assertThat(model.tpot().mean()).isCloseTo(real.tpot().mean(), withinPercentage(1));
        assertThat(model.tpot().at(0.99)).isCloseTo(real.tpot().at(0.99), withinPercentage(2));
        assertThat(model.endToEnd().mean()).isCloseTo(real.endToEnd().mean(), withinPercentage(1));
        assertThat(model.endToEnd().at(0.99))
                .isCloseTo(real.endToEnd().at(0.99), withinPercentage(1));
    }

    /**
     * Each rule left out makes the prediction worse where that rule matters, the coefficients being
     * the same.
     */
    @Test
    void aMissingRuleShows() {
        double realTtft = MeasuredRun.measured().ttft().mean();
        double realUnqueued = MeasuredRun.measured().unqueuedTtft();
        BatchingRules rules = SET_B_PROFILE.rules();

        assertThat(simulate(SET_B_PROFILE).unqueuedTtft() / realUnqueued).isBetween(0.95, 1.0);
        assertThat(
                        simulate(SET_B_PROFILE.withRules(rules.withLookAheadSteps(0)))
                                        .unqueuedTtft()
                                / realUnqueued)
                .isLessThan(0.80);
        assertThat(simulate(MeasuredRun.wholePrompts(SET_B_PROFILE)).unqueuedTtft() / realUnqueued)
                .isLessThan(0.80);
        assertThat(
                        simulate(SET_B_PROFILE.withRules(rules.withPrefixCache(false)))
                                        .ttft()
                                        .mean()
                                / realTtft)
                .isGreaterThan(1.035);
        EngineLimits smallBudget = SET_B_PROFILE.limits().withMaxBatchedTokens(512);
        assertThat(simulate(SET_B_PROFILE.withLimits(smallBudget)).ttft().mean() / realTtft)
                .isGreaterThan(1.15);
        EngineLimits fewerSlots = SET_B_PROFILE.limits().withMaxSequences(120);
        assertThat(simulate(SET_B_PROFILE.withLimits(fewerSlots)).ttft().mean() / realTtft)
                .isGreaterThan(1.10);
        assertThat(simulate(SET_B_PROFILE.withLimits(fewerSlots)).unqueuedTtft() / realUnqueued)
                .isGreaterThan(3);
    }

    private static RequestLatencies simulate(EngineProfile profile) {
        return MeasuredRun.simulated(MeasuredRun.replay(profile, arrivals), arrivals);
    }

    private static void assertSteps(EngineRun run, double steps, double mixed) {
        assertThat((double) run.totals().steps()).isCloseTo(steps, withinPercentage(CHECK_PERCENT));
        assertThat((double) run.totals().mixedSteps())
                .isCloseTo(mixed, withinPercentage(CHECK_PERCENT));
    }

    private static void assertTtft(
            RequestLatencies latencies, double mean, double p50, double p90, double p99) {
        assertSeconds(latencies.ttft().mean(), mean);
        assertSeconds(latencies.ttft().at(0.5), p50);
        assertSeconds(latencies.ttft().at(0.9), p90);
        assertSeconds(latencies.ttft().at(0.99), p99);
    }

    private static void assertTpotMillisAndEndToEnd(
            RequestLatencies latencies, double tpotMean, double tpotP99, double mean, double p99) {
        assertSeconds(latencies.tpot().mean() * 1e3, tpotMean);
        assertSeconds(latencies.tpot().at(0.99) * 1e3, tpotP99);
        assertSeconds(latencies.endToEnd().mean(), mean);
        assertSeconds(latencies.endToEnd().at(0.99), p99);
    }

    private static void assertSeconds(double actual, double expected) {
        assertThat(actual).isCloseTo(expected, withinPercentage(CHECK_PERCENT));
    }
}
