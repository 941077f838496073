package io.sluice.apps.replay;

import io.sluice.apps.trace.shape.ShapedRequest;

/**
 * A request that has been read and is not sent yet.
 *
 * @param request what to send
 * @param dueNanos when, by the monotonic clock
 * @param carriage how its prompt travels
 */
record Departure(ShapedRequest request, long dueNanos, Carriage carriage) {}
