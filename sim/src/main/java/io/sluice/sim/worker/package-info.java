/**
 * The worker's side of the protocol: a state machine without threads, clocks or sockets, so that
 * the simulator and the real worker process run the very same one.
 */
@NullMarked
package io.sluice.sim.worker;

import org.jspecify.annotations.NullMarked;
