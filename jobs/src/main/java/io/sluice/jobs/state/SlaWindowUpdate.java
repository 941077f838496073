package io.sluice.jobs.state;

/**
 * The present value of one window of one group; replaces every earlier one.
 *
 * @param windowStartMillis start, inclusive
 * @param windowEndMillis end, exclusive
 * @param scope name of the scope
 * @param scopeValue the group within it
 * @param complete whether log time has passed the end
 * @param emittedAtMillis when it was computed, by the clock of the job
 * @param aggregate the value
 */
public record SlaWindowUpdate(
        long windowStartMillis,
        long windowEndMillis,
        String scope,
        String scopeValue,
        boolean complete,
        long emittedAtMillis,
        SlaAggregateState aggregate) {}
