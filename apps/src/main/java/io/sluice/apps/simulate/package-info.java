/**
 * {@code sluice simulate}: workloads through policies on a virtual clock, compared in one call.
 *
 * <p>A {@link io.sluice.apps.simulate.Study} is a workload and the machines it runs on; each {@link
 * io.sluice.apps.simulate.Cell} is one run of it, under one policy and with one seed.
 */
@NullMarked
package io.sluice.apps.simulate;

import org.jspecify.annotations.NullMarked;
