package io.sluice.jobs.state;

/**
 * The lengths of windows that a job had when its state was written.
 *
 * @param lengths lengths of all levels in milliseconds, the shortest first, with commas between
 * @param wholeSinceMillis longer windows that start then or later hold all their outcomes
 */
public record SlaLevelsState(String lengths, long wholeSinceMillis) {}
