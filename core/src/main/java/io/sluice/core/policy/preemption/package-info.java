/** When a run is interrupted for another. */
@NullMarked
package io.sluice.core.policy.preemption;

import org.jspecify.annotations.NullMarked;
