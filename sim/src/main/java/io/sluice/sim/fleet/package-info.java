/**
 * A fleet on a virtual clock: the same router and lanes as in the job, engines in place of workers,
 * and no time between them. Deterministic.
 */
@NullMarked
package io.sluice.sim.fleet;

import org.jspecify.annotations.NullMarked;
