package io.sluice.jobs.flow;

import org.jspecify.annotations.Nullable;

/**
 * By what a decision was taken.
 *
 * @param policy the policy as it was chosen, with its parameters; null if there was no choice
 * @param version how many changes of policies the control topic had made
 * @param position the latest of them, as topic-partition-offset; null before the first
 */
public record DecidedBy(@Nullable String policy, long version, @Nullable String position) {}
