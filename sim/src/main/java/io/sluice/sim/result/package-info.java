/** What simulated runs come to. */
@NullMarked
package io.sluice.sim.result;

import org.jspecify.annotations.NullMarked;
