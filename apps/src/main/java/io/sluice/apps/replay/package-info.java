/**
 * Sends a trace to Kafka in its own rhythm.
 *
 * <p>A {@link io.sluice.apps.trace.workload.Workload} is a trace with arrivals and shape: a stream
 * of requests with times. A {@link io.sluice.apps.replay.Replayer} sends such a stream when it is
 * due, on the thread that calls it, whatever the broker does, and says how far behind it fell.
 * {@link io.sluice.apps.replay.ReplayCommand} is both on the command line.
 */
@NullMarked
package io.sluice.apps.replay;

import org.jspecify.annotations.NullMarked;
