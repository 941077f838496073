package io.sluice.sim.engine;

import org.junit.jupiter.api.Test;

import java.util.List;

/**
 * Prints the fit of the shipped profile to the measured run. Not part of the build;
 * docs/engine-model.md has the command.
 */
class MeasuredRunReport {
    private final List<MeasuredRun.Arrival> arrivals = MeasuredRun.arrivals();
    private final RequestLatencies real = MeasuredRun.measured();
    private final EngineProfile profile = EngineProfiles.named(EngineProfiles.RTXPRO6000_8B);

    @Test
    void print() {
        print("five terms (set B, shipped)", profile);
        print("three terms (set A)", profile.withCost(MeasuredRun.SET_A));
        print("set B, no look-ahead", profile.withRules(profile.rules().withLookAheadSteps(0)));
        print("set B, no prefix cache", profile.withRules(profile.rules().withPrefixCache(false)));
        print("set B, budget 512", profile.withLimits(profile.limits().withMaxBatchedTokens(512)));
        print("set B, whole prompts", MeasuredRun.wholePrompts(profile));
    }

    private void print(String title, EngineProfile candidate) {
        EngineRun run = MeasuredRun.replay(candidate, arrivals);
        RequestLatencies model = MeasuredRun.simulated(run, arrivals);
        System.out.printf(
                "%n%s: %d steps (%d mixed)%n",
                title, run.totals().steps(), run.totals().mixedSteps());
        row("TTFT s", 1, real.ttft(), model.ttft());
        row("TPOT ms", 1e3, real.tpot(), model.tpot());
        row("e2e s", 1, real.endToEnd(), model.endToEnd());
        System.out.printf("last token s  %.3f / %.3f%n", real.lastToken(), model.lastToken());
        System.out.printf(
                "TTFT of the first %d, which got a slot at once: %+.1f %%%n",
                MeasuredRun.SLOTS, (model.unqueuedTtft() / real.unqueuedTtft() - 1) * 100);
    }

    private static void row(String name, double unit, Percentiles real, Percentiles model) {
        System.out.printf("%-8s", name);
        cell("mean", unit * real.mean(), unit * model.mean());
        for (double p : new double[] {0.5, 0.9, 0.99}) {
            cell("p" + Math.round(p * 100), unit * real.at(p), unit * model.at(p));
        }
        System.out.println();
    }

    private static void cell(String name, double real, double model) {
        System.out.printf(
                "  %s %.3f / %.3f (%+.2f %%)", name, real, model, (model / real - 1) * 100);
    }
}
