/**
 * What a replay adds to a recorded request: priority class, service-level targets, time to live,
 * deadline, token limit.
 */
@NullMarked
package io.sluice.apps.trace.shape;

import org.jspecify.annotations.NullMarked;
