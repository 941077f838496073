package io.sluice.core.model;

/**
 * A run that a worker has accepted and not yet reported terminal, as its heartbeat lists it.
 *
 * @param run the run
 * @param reservedTokens KV tokens that it is expected to hold at its end
 * @param priority priority of the request
 */
public record AcceptedRun(RunId run, long reservedTokens, int priority) {}
