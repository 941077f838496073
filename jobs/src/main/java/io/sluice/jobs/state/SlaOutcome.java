package io.sluice.jobs.state;

import org.jspecify.annotations.Nullable;

/**
 * An outcome as the SLA job reads it.
 *
 * @param requestKey identity of the request, tenant included
 * @param contentHash hash of the whole record: tells an outcome written twice from two different
 *     ones
 * @param settledAtMillis when it was settled, by the clock of the scheduler job
 * @param position where it is in the log
 * @param instance instance that ran it, or null
 * @param model model asked for, or null
 * @param tenant who submitted it
 * @param priority higher is more important
 * @param sample what it adds to aggregates
 * @param serviceTier service tier it asked for, or null
 * @param deadlineMillis milliseconds from submission to its deadline; NaN if it has none
 * @param predictedTokens output tokens that were predicted for it; 0: nothing was
 */
public record SlaOutcome(
        String requestKey,
        int contentHash,
        long settledAtMillis,
        LogPosition position,
        @Nullable String instance,
        @Nullable String model,
        String tenant,
        int priority,
        SlaSampleState sample,
        @Nullable String serviceTier,
        double deadlineMillis,
        long predictedTokens) {}
