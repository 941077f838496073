/**
 * A trace with arrivals and shape, as a command's options choose it: what a replay sends and a
 * simulation runs.
 */
@NullMarked
package io.sluice.apps.trace.workload;

import org.jspecify.annotations.NullMarked;
