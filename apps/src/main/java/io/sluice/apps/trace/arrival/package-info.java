/**
 * When requests arrive: as recorded, or by a seeded process for traces that hold no times. {@link
 * io.sluice.apps.trace.arrival.ArrivalPlan} turns the user's wish into a process; every process
 * says in words what it does, with its seed, because a result cannot be read without it.
 */
@NullMarked
package io.sluice.apps.trace.arrival;

import org.jspecify.annotations.NullMarked;
