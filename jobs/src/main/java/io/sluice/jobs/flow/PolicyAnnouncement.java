package io.sluice.jobs.flow;

import io.sluice.jobs.state.PolicyInForce;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What the job says of one policy in force.
 *
 * @param epoch job attempt that says so
 * @param decides what it decides: {@code ordering}, {@code fairness}, {@code admission}, {@code
 *     preemption}, {@code batching} or {@code routing}
 * @param policy as it was chosen, parameters included
 * @param version how many changes of policies there have been
 * @param position the latest of them, as topic-partition-offset; null before the first
 * @param saidAtMillis when it is said
 */
public record PolicyAnnouncement(
        long epoch,
        String decides,
        String policy,
        long version,
        @Nullable String position,
        long saidAtMillis) {

    /** What is said of all that is in force. */
    public static List<PolicyAnnouncement> of(JobNotice notice, long nowMillis) {
        PolicyInForce all = notice.policies();
        return List.of(
                of(notice, "ordering", all.ordering(), nowMillis),
                of(notice, "fairness", all.fairness(), nowMillis),
                of(notice, "admission", all.admission(), nowMillis),
                of(notice, "preemption", all.preemption(), nowMillis),
                of(notice, "batching", all.batching(), nowMillis),
                of(notice, "routing", all.routing(), nowMillis));
    }

    private static PolicyAnnouncement of(
            JobNotice notice, String decides, String policy, long nowMillis) {
        return new PolicyAnnouncement(
                notice.epoch(),
                decides,
                policy,
                notice.policies().version(),
                notice.policies().position(),
                nowMillis);
    }
}
