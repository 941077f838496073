package io.sluice.core.kernel;

import io.sluice.core.model.Outcome;

/**
 * What an earlier stage thinks should become of a request. Only the router acts on it, after
 * deduplication, so that a bad duplicate cannot close the running original.
 *
 * @param outcome how it should end
 * @param message for people: what is wrong with it
 */
public record Verdict(Outcome outcome, String message) {}
