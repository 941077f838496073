package io.sluice.sim.engine;

/** The answer to a submitted request. */
public sealed interface Submission {

    /** The request waits, or starts at the next {@link ContinuousBatchingEngine#advanceTo}. */
    record Queued() implements Submission {}

    /**
     * The engine does not take the request and knows nothing of it.
     *
     * @param reason which limit
     * @param message which limit, its value, and the request's, for people
     */
    record Refused(RefusalReason reason, String message) implements Submission {}
}
