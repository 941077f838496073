package io.sluice.audit;

/**
 * Something that must not be.
 *
 * @param promise the promise that is broken
 * @param what which request or instance, where in the topics, and what is wrong with it
 */
public record Finding(Promise promise, String what) {

    /** What is promised. */
    public enum Promise {
        /** Every request that was accepted has an outcome. */
        NOTHING_LOST,
        /** No request has two outcomes that differ. */
        ONE_OUTCOME,
        /** Every outcome is that of a request that was submitted. */
        NO_OUTCOME_OF_NOTHING,
        /** What cannot be read is kept as a dead letter. */
        NOTHING_DROPPED,
        /** No request is completed twice by workers that were alive. */
        ONE_COMPLETION,
        /** An outcome that says completed names a run that was reported complete. */
        OUTCOME_NAMES_ITS_RUN,
        /** A worker that drains starts nothing. */
        NO_START_WHILE_DRAINING,
        /** A lane that has let go of its queue because it drains sends nothing. */
        NO_DISPATCH_AFTER_DRAIN,
        /** Nobody is sent ahead of who came earlier, is no less urgent and needs no more room. */
        ORDER
    }
}
