package io.sluice.apps.page.live;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/**
 * The policies in force, and who changed what.
 *
 * @param inForce by kind
 * @param changes the newest orders of operators, newest first
 * @param others orders beside them that are kept
 * @param requestOrders orders about single requests, which are not shown one by one
 */
public record PoliciesView(
        List<InForce> inForce, List<Change> changes, int others, long requestOrders) {

    /** Kinds of policies, as the page names them. */
    public enum Kind {
        ORDERING,
        FAIRNESS,
        ADMISSION,
        PREEMPTION,
        BATCHING,
        ROUTING
    }

    /** What became of a change of policies. */
    public enum Fate {
        /** The job has said that it goes by it. */
        TAKEN,
        /** The job has not said so of it, or of a later one, yet. */
        AWAITED,
        /** The job has said so of a later one only; it may have been refused, or replaced. */
        PASSED
    }

    /**
     * A policy in force.
     *
     * @param kind what it decides
     * @param policy as it was chosen; null while no job has said
     * @param sinceMillis when it was set, or the job first said so if that is not known; null while
     *     no job has said
     * @param wasSet whether that is when it was set
     * @param version changes of policies that there had been; null while no job has said
     * @param position place of the change that set it; null if it is not known, or there was none
     */
    public record InForce(
            Kind kind,
            @Nullable String policy,
            @Nullable Long sinceMillis,
            boolean wasSet,
            @Nullable Long version,
            @Nullable String position) {

        static InForce unknown(Kind kind) {
            return new InForce(kind, null, null, false, null, null);
        }
    }

    /**
     * An order of an operator.
     *
     * @param position its place: topic-partition-offset
     * @param type what was ordered, as the topic names it
     * @param atMillis when it was written
     * @param policies the policies that it sets, by kind
     * @param instance the instance concerned
     * @param objective the objective that it sets
     * @param removed the objective that it removes
     * @param by who gave it
     * @param reason why
     * @param fate what became of it; null if it is not about policies
     */
    public record Change(
            String position,
            String type,
            long atMillis,
            Map<Kind, String> policies,
            @Nullable String instance,
            @Nullable Promise objective,
            @Nullable String removed,
            @Nullable String by,
            @Nullable String reason,
            @Nullable Fate fate) {

        Change with(@Nullable Fate other) {
            return new Change(
                    position, type, atMillis, policies, instance, objective, removed, by, reason,
                    other);
        }
    }
}
