/**
 * The kernel's lanes on a virtual clock. A simulation hosts them here, a job hosts them as a Flink
 * operator; fed alike, both decide alike.
 */
@NullMarked
package io.sluice.sim.driver;

import org.jspecify.annotations.NullMarked;
