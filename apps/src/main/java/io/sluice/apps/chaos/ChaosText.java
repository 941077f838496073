package io.sluice.apps.chaos;

import io.sluice.apps.cli.TextTable;
import io.sluice.sim.protocol.Fault;
import io.sluice.sim.protocol.Totals;

import java.util.List;
import java.util.Locale;

/** A result for people. */
final class ChaosText {

    private ChaosText() {}

    static String of(ChaosResult result) {
        StringBuilder text = new StringBuilder();
        if (result.tally().seeds() > 0) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%d seeds from %d, %d at a time: %.1f s, %.0f seeds/s%n%n",
                            result.tally().seeds(),
                            result.call().firstSeed(),
                            result.call().threads(),
                            result.seconds(),
                            result.seedsPerSecond()));
            text.append(account(result.tally())).append(System.lineSeparator());
            text.append(faults(result.tally())).append(System.lineSeparator());
        }
        if (!result.rules().isEmpty()) {
            text.append(rules(result.rules())).append(System.lineSeparator());
        }
        return text.toString();
    }

    private static String account(Tally tally) {
        Totals totals = tally.totals();
        TextTable table = new TextTable(1, List.of("the account", "count"));
        table.add(List.of("requests submitted", Long.toString(totals.submitted())));
        table.add(List.of("  with an outcome", Long.toString(totals.answered())));
        table.add(List.of("  lost", Long.toString(totals.lost())));
        table.add(
                List.of("  with more than one outcome", Long.toString(totals.duplicateOutcomes())));
        table.add(List.of("runs started", Long.toString(totals.runsStarted())));
        table.add(
                List.of(
                        "  to the last token, for no outcome",
                        Long.toString(totals.wastedExecutions())));
        table.add(List.of("seeds that break a promise", Integer.toString(tally.broken().size())));
        return table.aligned();
    }

    private static String faults(Tally tally) {
        TextTable table = new TextTable(1, List.of("what happened", "times", "per seed"));
        for (Fault fault : Fault.values()) {
            long times = tally.times(fault);
            double share = (double) times / tally.seeds();
            table.add(
                    List.of(
                            fault.words(),
                            Long.toString(times),
                            String.format(Locale.ROOT, "%.3f", share)));
        }
        return table.aligned();
    }

    private static String rules(List<SeedRuns.Missed> rules) {
        TextTable table = new TextTable(3, List.of("without", "rule", "breaks", "first at seed"));
        for (SeedRuns.Missed missed : rules) {
            String seed =
                    missed.firstSeed().isPresent()
                            ? Long.toString(missed.firstSeed().getAsLong())
                            : "none below " + SeedRuns.SEEDS_OF_A_RULE;
            table.add(
                    List.of(
                            missed.rule().title(),
                            Integer.toString(missed.rule().number()),
                            missed.rule().promise().words(),
                            seed));
        }
        return table.aligned();
    }
}
