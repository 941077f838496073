package io.sluice.apps.simulate.evaluate;

import io.sluice.apps.cli.TextTable;

import java.util.List;
import java.util.Locale;

/** The results as a page. */
final class EvaluationPage {

    private static final String HEAD =
            """
            # Policies on real traces

            Written by `./sluice evaluate --traces FOLDER --out docs/evaluation.md`; every number is of the simulator, which runs the job's own router, lanes and policies.
            The engine is %s, calibrated from a measured run ([engine model](engine-model.md)), with 32 requests at once, so that what waits does so in the
            lanes, where policies order it.

            Each request has a class (20 %% P0, 30 %% P2, 50 %% P4, drawn) and targets for the time to first token and the time per token; whoever does not complete, or
            has its deadline pass, missed. `max rate` is the highest arrival rate at which %.0f %% of all requests meet all their targets, found by bisection
            (within %.1f %%); recorded gaps are scaled. The other columns are at one rate for all: %.1f times what first come first served bears. Predictions are lengths
            with noise, Kendall's tau-b `%s` with the true ones, as good as published predictors; the columns "true lengths" are the same policy with no noise: what better
            prediction could gain at most. Jain's index is over the mean speeds of tenants ([how](simulator.md#the-report)).

            """;

    private static final List<String> HEADER =
            List.of(
                    "policy",
                    "max rate /s",
                    "of fcfs",
                    "P99 TTFT s",
                    "attainment %",
                    "Jain",
                    "true lengths: max rate",
                    "P99 TTFT",
                    "attainment %");

    private EvaluationPage() {}

    /** What is said before the tables. */
    static String head(Evaluation.Terms terms) {
        double within = 100 * (Math.pow(2, Math.pow(0.5, terms.bisections())) - 1);
        return HEAD.formatted(
                "`RTXPRO6000_8B`, two of them behind `least-outstanding`",
                100 * Evaluation.ENOUGH,
                within,
                Evaluation.COMMON_LOAD,
                terms.prediction());
    }

    /** A scenario's part of the page. */
    static String part(Evaluation.Outcome outcome) {
        Scenario scenario = outcome.scenario();
        return "## %s\n\n`--trace %s %s`, compared at %s requests/s\n\n%s\n%s\n"
                .formatted(
                        scenario.title(),
                        scenario.file(),
                        String.join(" ", scenario.options()),
                        number(outcome.commonRate(), 2),
                        table(outcome).markdown(),
                        bound(outcome));
    }

    /** The table of a scenario. */
    static TextTable table(Evaluation.Outcome outcome) {
        TextTable table = new TextTable(1, HEADER);
        Scenario scenario = outcome.scenario();
        double fcfs = outcome.compared().get(0).predicted().highestRate();
        for (Evaluation.Compared compared : outcome.compared()) {
            Result predicted = compared.predicted();
            Result clairvoyant = compared.clairvoyant();
            table.add(
                    List.of(
                            compared.contender().label(),
                            number(predicted.highestRate(), 2),
                            number(predicted.highestRate() / fcfs, 2),
                            number(predicted.p99Ttft(), 2),
                            number(100 * predicted.attainment(), 1),
                            scenario.namesTenants() ? number(predicted.jain(), 3) : "-",
                            number(clairvoyant.highestRate(), 2),
                            number(clairvoyant.p99Ttft(), 2),
                            number(100 * clairvoyant.attainment(), 1)));
        }
        return table;
    }

    private static String bound(Evaluation.Outcome outcome) {
        double best = 0;
        String of = "";
        for (Evaluation.Compared compared : outcome.compared()) {
            if (compared.clairvoyant().highestRate() > best) {
                best = compared.clairvoyant().highestRate();
                of = compared.contender().label();
            }
        }
        return "Highest rate of all with true lengths known: %s /s (%s).\n"
                .formatted(number(best, 2), of);
    }

    private static String number(double value, int digits) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
