package io.sluice.sim.engine;

import org.junit.jupiter.api.Test;

import java.util.List;

/**
 * Prints the fit of the shipped profile to the measured run. Not part of the build;
 * docs/engine-model.md has the command.
 */
class MeasuredRunReport {

    @Test
    void print() {
        List<MeasuredRun.Arrival> arrivals = MeasuredRun.arrivals();
        RequestLatencies real = MeasuredRun.measured();
        EngineProfile profile = EngineProfiles.named(EngineProfiles.RTXPRO6000_8B);
        EngineRun run = MeasuredRun.replay(profile, arrivals);
        RequestLatencies model = MeasuredRun.simulated(run, arrivals);

        System.out.printf(
                "%s, %d requests, %d steps (%d mixed)%n",
                profile.name(), arrivals.size(), run.totals().steps(), run.totals().mixedSteps());
        row("TTFT s", real.ttft(), model.ttft());
        row("TPOT s", real.tpot(), model.tpot());
        row("e2e s", real.endToEnd(), model.endToEnd());
        System.out.printf(
                "last token s   measured %.3f model %.3f%n", real.lastToken(), model.lastToken());
        System.out.printf(
                "TTFT of the %d that did not queue: %+.1f %%%n",
                unqueued(real), unqueuedError(real, model));
    }

    private static void row(String name, Percentiles real, Percentiles model) {
        System.out.printf("%-8s", name);
        cell("mean", real.mean(), model.mean());
        for (double p : new double[] {0.5, 0.9, 0.99}) {
            cell("p" + Math.round(p * 100), real.at(p), model.at(p));
        }
        System.out.println();
    }

    private static void cell(String name, double real, double model) {
        System.out.printf(
                "  %s %.4f / %.4f (%+.2f %%)", name, real, model, (model / real - 1) * 100);
    }

    /** The first 128 got a slot at once. */
    private static int unqueued(RequestLatencies latencies) {
        return 128;
    }

    private static double unqueuedError(RequestLatencies real, RequestLatencies model) {
        double realSum = 0;
        double modelSum = 0;
        for (int i = 0; i < unqueued(real); i++) {
            realSum += real.ttft(i);
            modelSum += model.ttft(i);
        }
        return (modelSum / realSum - 1) * 100;
    }
}
