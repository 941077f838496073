package io.sluice.demo.chaos;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * A round of a plan: faults, of which several may last at once.
 *
 * @param number from 1
 * @param faults in the order of their time
 */
record PlannedRound(int number, List<PlannedFault> faults) {

    /** Time under load after the last fault is healed, in which to see that it was overcome. */
    static final Duration AFTERWARDS = Duration.ofSeconds(8);

    /** Sorts the faults. */
    PlannedRound {
        faults = faults.stream().sorted(Comparator.comparing(PlannedFault::at)).toList();
    }

    /** How long requests are sent. */
    Duration load() {
        return faults.stream()
                .map(PlannedFault::healedAt)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO)
                .plus(AFTERWARDS);
    }
}
