package io.sluice.sim.engine;

/**
 * A request that was cancelled.
 *
 * @param id the request
 * @param started whether it had been put into a batch
 * @param outputTokens tokens it had made; they are lost
 */
public record Cancellation(String id, boolean started, int outputTokens) {}
