/**
 * {@code sluice chaos}: the scheduler's protocol under faults, and what becomes of its promises.
 *
 * <p>The system, its faults and its promises are those of {@code io.sluice.sim.protocol}; here they
 * are tried by the thousand, counted and shown.
 */
@NullMarked
package io.sluice.apps.chaos;

import org.jspecify.annotations.NullMarked;
