/**
 * {@code sluice calibrate}: an engine profile from measurements.
 *
 * <ul>
 *   <li>{@link io.sluice.apps.calibrate.MeasuredRunReader} turns the files of a measured run into a
 *       log on one clock.
 *   <li>{@link io.sluice.apps.calibrate.EngineSettings} says what engine ran it.
 *   <li>{@link io.sluice.apps.calibrate.LogCalibration} fits, simulates and compares.
 *   <li>{@link io.sluice.apps.calibrate.CalibrationText} and {@link
 *       io.sluice.apps.calibrate.CalibrationReport} tell the result to people and to programs.
 * </ul>
 *
 * <p>The arithmetic is in {@code io.sluice.sim.calibration}.
 */
@NullMarked
package io.sluice.apps.calibrate;

import org.jspecify.annotations.NullMarked;
