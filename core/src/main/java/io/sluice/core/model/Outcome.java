package io.sluice.core.model;

/** How a request ended. A closed set: every accepted request ends in exactly one of these. */
public enum Outcome {
    /** It ran to its last token. */
    COMPLETED("Completed"),
    /** It ran and failed, and no retry is left. */
    FAILED("Failed"),
    /** Its deadline or time to live passed before it started. */
    EVICTED_TTL("EvictedTTL"),
    /** Its submitter cancelled it. */
    EVICTED_CONTEXT_CANCELLED("EvictedContextCancelled"),
    /** It made room for a more important request. */
    EVICTED_PRIORITY("EvictedPriority"),
    /** A queue limit was reached. */
    REJECTED_CAPACITY("RejectedCapacity"),
    /** No instance of the fleet can ever hold it. */
    REJECTED_TOO_LONG("RejectedTooLong"),
    /** Its deadline had passed on arrival, or cannot be met. */
    REJECTED_DEADLINE("RejectedDeadline"),
    /** Its fields make no sense. */
    REJECTED_INVALID("RejectedInvalid"),
    /** No instance would take it within the waiting time. */
    REJECTED_NO_ENDPOINTS("RejectedNoEndpoints"),
    /** Its budget is spent. */
    REJECTED_BUDGET("RejectedBudget"),
    /** A request that it waits for did not succeed. */
    REJECTED_DEPENDENCY("RejectedDependency");

    private final String wireName;

    Outcome(String wireName) {
        this.wireName = wireName;
    }

    /** The name that users see in topics, reports and metric labels. */
    public String wireName() {
        return wireName;
    }
}
