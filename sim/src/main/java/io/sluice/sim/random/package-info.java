/**
 * Seeded random numbers. {@link io.sluice.sim.random.Draws} is what generators draw from; {@link
 * io.sluice.sim.random.PythonRandom} draws again what a Python program drew.
 */
@NullMarked
package io.sluice.sim.random;

import org.jspecify.annotations.NullMarked;
