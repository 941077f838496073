package io.sluice.jobs.state;

/**
 * Remembers that a request was counted.
 *
 * @param contentHash hash of the outcome that was counted
 * @param forgetAtMillis log time at which this is dropped
 */
public record SeenOutcome(int contentHash, long forgetAtMillis) {}
