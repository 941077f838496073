package io.sluice.sim.protocol;

import io.sluice.core.kernel.Verdict;
import io.sluice.core.model.Dependency;
import io.sluice.core.model.PendingRequest;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** Something that befalls the system from outside, at a time after its start. */
sealed interface Step {

    /** When, in milliseconds after the start. */
    long atMillis();

    /** A request is submitted, perhaps not for the first time. */
    record Submit(
            long atMillis,
            PendingRequest request,
            @Nullable Verdict verdict,
            List<Dependency> waitFor)
            implements Step {}

    /** A record for the control topic. */
    record Control(long atMillis, Message message) implements Step {}

    /**
     * The job crashes.
     *
     * @param downMillis how long until it starts again
     * @param atCommit whether it waits for the moment between a checkpoint and its commit
     * @param losesCommit whether the broker gives up its open transactions meanwhile
     * @param flushAfterMillis when a stopped task sends what it still has; negative for never
     */
    record JobCrash(
            long atMillis,
            long downMillis,
            boolean atCommit,
            boolean losesCommit,
            long flushAfterMillis)
            implements Step {

        JobCrash now() {
            return new JobCrash(atMillis, downMillis, false, losesCommit, flushAfterMillis);
        }
    }

    /** A worker's process dies; it comes back after a time, negative for never. */
    record WorkerCrash(long atMillis, int worker, long downMillis) implements Step {}

    /** A worker and the broker do not hear each other for a time. */
    record WorkerCut(long atMillis, int worker, long forMillis) implements Step {}
}
