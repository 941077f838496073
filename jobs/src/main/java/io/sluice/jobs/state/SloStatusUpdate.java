package io.sluice.jobs.state;

/**
 * How a series of an objective stands; replaces every earlier one.
 *
 * @param objective the objective
 * @param scope name of the scope
 * @param scopeValue the series within it
 * @param report the numbers
 * @param removed whether this is the last one
 * @param emittedAtMillis when it was computed, by the clock of the job
 */
public record SloStatusUpdate(
        SloObjectiveState objective,
        String scope,
        String scopeValue,
        SloReportState report,
        boolean removed,
        long emittedAtMillis) {}
