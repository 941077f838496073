package io.sluice.jobs.state;

/**
 * What a finished request means for one value of an objective, on its way to where it is decided
 * whether the value has a series of its own.
 *
 * @param series the series of the value, see {@code SloSeries}
 * @param reachMillis how long a series of the objective keeps counts
 * @param judged what it means
 */
public record JudgedValue(String series, long reachMillis, PendingJudgement judged) {}
