/**
 * The whole protocol on a virtual clock: logs, a job of sources, routers, lanes and a journal with
 * checkpoints and crashes, workers with ledgers and leases, and faults chosen by a seed. The state
 * machines are the real ones of {@code io.sluice.core.kernel} and {@code io.sluice.sim.worker}.
 *
 * <p>Start at {@link io.sluice.sim.protocol.ProtocolRun}.
 */
@NullMarked
package io.sluice.sim.protocol;

import org.jspecify.annotations.NullMarked;
