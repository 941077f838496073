package io.sluice.jobs.state;

/**
 * How many requests carried a target, and how many of those met it.
 *
 * @param withTarget requests that carried it
 * @param met those that met it
 */
public record SloState(long withTarget, long met) {}
