package io.sluice.core.kernel;

import io.sluice.core.model.PendingRequest;

/**
 * A request that its router gives to a lane.
 *
 * @param request the request
 * @param attempt which attempt of it this is, from the router
 */
public record Assignment(PendingRequest request, int attempt) {}
