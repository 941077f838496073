package io.sluice.core.model;

/**
 * What becomes of a request when one that it waits for does not complete. Ordered from the
 * strictest: where a request names another twice, the stricter rule holds.
 */
public enum OnFailure {
    /** It does not run either. */
    FAIL,
    /**
     * It waits, by this same rule, for what the failed one was itself still waiting for, instead of
     * for the failed one; that is nothing if the failed one had started.
     */
    REPLAN,
    /** It runs as if the other had completed. */
    RELEASE
}
