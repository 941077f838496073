package io.sluice.demo.chaos;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * A round of a plan: faults, of which several may last at once.
 *
 * @param title what it is called; its requests, too, are told apart by it
 * @param number from 1; 0 and below for those before any fault
 * @param faults in the order of their time
 */
record PlannedRound(String title, int number, List<PlannedFault> faults) {

    /** Time under load after the last fault is healed, in which to see that it was overcome. */
    static final Duration AFTERWARDS = Duration.ofSeconds(8);

    /** The round by which those with faults are judged. */
    static final PlannedRound UNDISTURBED = new PlannedRound("undisturbed", 0, List.of());

    /** Sorts the faults. */
    PlannedRound {
        faults = faults.stream().sorted(Comparator.comparing(PlannedFault::at)).toList();
    }

    /** One with faults. */
    PlannedRound(int number, List<PlannedFault> faults) {
        this("round-" + number, number, faults);
    }

    /** One that is not judged: programs compile what they need, and connect. */
    static PlannedRound warmUp(int time) {
        return new PlannedRound("warm-up-" + time, -time, List.of());
    }

    /** One in which a rate of requests is tried. */
    static PlannedRound trial(int rate) {
        return new PlannedRound("rate-" + rate, -rate, List.of());
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
