/** Simulation: models of what the scheduler drives. Virtual time only, everything deterministic. */
@NullMarked
package io.sluice.sim;

import org.jspecify.annotations.NullMarked;
