package io.sluice.demo.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A run of chaos. A long one is in parts, each on a new cluster, so that what an audit reads does
 * not grow with the run; those with an even number have three brokers, which keep copies.
 */
final class ChaosRun {

    private static final int MOST_ROUNDS_OF_A_PART = 15;

    private final ChaosSettings settings;
    private final ChaosPlan plan;
    private final Consumer<String> console;

    /** Starts nothing yet. */
    ChaosRun(ChaosSettings settings, ChaosPlan plan, Consumer<String> console) {
        this.settings = settings;
        this.plan = plan;
        this.console = console;
    }

    /**
     * Carries out the plan. A round that does not come to an end is the last one of its part.
     *
     * @throws RuntimeException if a cluster does not start
     */
    ChaosReport run() {
        long startedNanos = System.nanoTime();
        List<PlannedRound> rounds = plan.rounds();
        List<PartResult> parts = new ArrayList<>();
        for (int from = 0; from < rounds.size(); from += MOST_ROUNDS_OF_A_PART) {
            int to = Math.min(rounds.size(), from + MOST_ROUNDS_OF_A_PART);
            int number = parts.size() + 1;
            ChaosSettings own =
                    rounds.size() > MOST_ROUNDS_OF_A_PART ? settings.part(number) : settings;
            parts.add(new ChaosPart(own, rounds.subList(from, to), rounds.size(), console).run());
        }
        return new ChaosReport(settings, parts, (System.nanoTime() - startedNanos) / 1e9);
    }
}
