/**
 * What a replay adds to a recorded request: priority class, service-level targets, time to live,
 * deadline, token limit. Every draw depends on the seed and the request's sequence only, so the
 * same request is shaped alike whatever else is replayed.
 */
@NullMarked
package io.sluice.apps.trace.shape;

import org.jspecify.annotations.NullMarked;
