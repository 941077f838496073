package io.sluice.sim.engine;

/**
 * A run that was interrupted, to be submitted again later.
 *
 * @param id the request
 * @param outputTokens tokens it has made, which are kept
 * @param heldTokens tokens whose keys and values are kept as well
 */
public record Interruption(String id, int outputTokens, int heldTokens) {}
