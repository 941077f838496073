package io.sluice.sim.protocol;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything that befalls one run from outside.
 *
 * @param seed seed of all that happens by chance: delays, order, losses
 * @param workers workers of the fleet
 * @param lanes how lanes send what waits
 * @param checkpointMillis time between checkpoints
 * @param steps what happens, by time
 * @param fates what becomes of the requests once they run
 */
record Scenario(
        long seed,
        int workers,
        LaneRule lanes,
        long checkpointMillis,
        List<Step> steps,
        Fates fates) {

    Scenario {
        steps = List.copyOf(steps);
    }

    /** The same without one step. */
    Scenario without(int step) {
        List<Step> fewer = new ArrayList<>(steps);
        fewer.remove(step);
        return new Scenario(seed, workers, lanes, checkpointMillis, fewer, fates);
    }

    /**
     * Whether nothing but the job fails and nobody asks for anything to be stopped, so that no run
     * may be wasted.
     */
    boolean onlyTheJobFails() {
        return steps.stream().allMatch(s -> s instanceof Step.Submit || s instanceof Step.JobCrash)
                && fates.byKey().values().stream().allMatch(fate -> fate.failures() == 0);
    }

    /**
     * Whether not even the job fails. Of an interruption that it had not taken note of a job that
     * crashes may learn too late to have the run go on where it was.
     */
    boolean nothingFails() {
        return onlyTheJobFails() && steps.stream().allMatch(Step.Submit.class::isInstance);
    }

    /** When the last step happens. */
    long lastMillis() {
        return steps.stream().mapToLong(Step::atMillis).max().orElse(0);
    }
}
