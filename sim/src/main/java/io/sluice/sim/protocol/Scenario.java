package io.sluice.sim.protocol;

import io.sluice.core.model.RequestKey;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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

    /** The same with other steps. */
    Scenario with(List<Step> others) {
        return new Scenario(seed, workers, lanes, checkpointMillis, others, fates);
    }

    /** The same with other fates. */
    Scenario with(Fates others) {
        return new Scenario(seed, workers, lanes, checkpointMillis, steps, others);
    }

    /** The same with another number of workers. */
    Scenario withWorkers(int others) {
        return new Scenario(seed, others, lanes, checkpointMillis, steps, fates);
    }

    /** The requests that are submitted, each once. */
    Set<RequestKey> submitted() {
        Set<RequestKey> keys = new LinkedHashSet<>();
        for (Step step : steps) {
            if (step instanceof Step.Submit submit) {
                keys.add(submit.submission().key());
            }
        }
        return keys;
    }

    /** The worker that a step befalls, negative if none. */
    static int workerOf(Step step) {
        if (step instanceof Step.WorkerCrash crash) {
            return crash.worker();
        } else if (step instanceof Step.WorkerLeave leave) {
            return leave.worker();
        }
        return step instanceof Step.WorkerCut cut ? cut.worker() : -1;
    }

    /** The same under another chance. */
    Scenario underSeed(long other) {
        return new Scenario(other, workers, lanes, checkpointMillis, steps, fates);
    }

    /**
     * Whether nothing but the job fails and nobody asks for anything to be stopped, so that no run
     * may be wasted.
     */
    boolean onlyTheJobFails() {
        return steps.stream().allMatch(s -> isHarmless(s) || s instanceof Step.JobCrash)
                && fates.byKey().values().stream().allMatch(fate -> fate.failures() == 0);
    }

    /**
     * Whether not even the job fails. Of an interruption that it had not taken note of a job that
     * crashes may learn too late to have the run go on where it was.
     */
    boolean nothingFails() {
        return onlyTheJobFails() && steps.stream().allMatch(Scenario::isHarmless);
    }

    /** Whether the step is no reason for any run to be wasted. */
    private static boolean isHarmless(Step step) {
        return step instanceof Step.Submit
                || step instanceof Step.Stall
                || (step instanceof Step.Control control
                        && control.order() instanceof Message.ChoosePolicies);
    }

    /** When the last step happens. */
    long lastMillis() {
        return steps.stream().mapToLong(Step::atMillis).max().orElse(0);
    }
}
