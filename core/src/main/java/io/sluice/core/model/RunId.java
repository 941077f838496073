package io.sluice.core.model;

/**
 * One run of one request on one instance. {@code requestId/attempt} is the dispatch id by which a
 * worker tells a repeat.
 *
 * @param key the request
 * @param attempt 1 for the first assignment; only the router raises it
 * @param commandEpoch epoch of the command that started it
 */
public record RunId(RequestKey key, int attempt, long commandEpoch) {}
