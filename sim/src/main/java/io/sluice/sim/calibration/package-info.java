/**
 * Finds the coefficients of an engine's step cost, from a log of measured requests or from a table
 * of measured steps, and says how far they can be trusted.
 *
 * <ul>
 *   <li>{@link io.sluice.sim.calibration.MeasuredLog} is what a real engine did with a list of
 *       requests; {@link io.sluice.sim.calibration.EngineReplay} is what the model does with it.
 *   <li>{@link io.sluice.sim.calibration.StepCostForm} names the terms that are fitted, {@link
 *       io.sluice.sim.calibration.LeastSquares} fits them.
 *   <li>{@link io.sluice.sim.calibration.LogFit} goes back and forth between the two: which steps a
 *       request took part in depends on the coefficients, and the coefficients on the steps.
 *   <li>{@link io.sluice.sim.calibration.RunComparison} puts a predicted run beside the measured
 *       one.
 * </ul>
 *
 * <p>Times are nanoseconds of the measured engine's clock, counted from the first arrival;
 * coefficients are seconds.
 */
@NullMarked
package io.sluice.sim.calibration;

import org.jspecify.annotations.NullMarked;
