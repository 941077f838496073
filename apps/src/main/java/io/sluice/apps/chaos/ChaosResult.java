package io.sluice.apps.chaos;

import io.sluice.sim.protocol.Rule;

import java.util.List;
import java.util.Set;

/**
 * What a call has found.
 *
 * @param call what was asked for
 * @param tally what the seeds came to
 * @param seconds how long they took
 * @param rules what each rule is for, empty if nobody asked
 */
record ChaosResult(Call call, Tally tally, double seconds, List<SeedRuns.Missed> rules) {

    /**
     * What was asked for.
     *
     * @param firstSeed the first seed
     * @param threads runs at the same time
     * @param off rules that were switched off
     */
    record Call(long firstSeed, int threads, Set<Rule> off) {}

    ChaosResult {
        rules = List.copyOf(rules);
    }

    double seedsPerSecond() {
        return seconds > 0 ? tally.seeds() / seconds : 0;
    }

    /** Whether all promises were kept, and every rule was missed. */
    boolean isWell() {
        return tally.broken().isEmpty()
                && rules.stream().allMatch(missed -> missed.firstSeed().isPresent());
    }
}
