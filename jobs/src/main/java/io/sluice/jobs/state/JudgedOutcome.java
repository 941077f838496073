package io.sluice.jobs.state;

/**
 * What a finished request means for one series of an objective, on its way there.
 *
 * @param series the series, see {@code SloSeries}
 * @param judged what it means
 */
public record JudgedOutcome(String series, PendingJudgement judged) {}
