package io.sluice.apps.calibrate;

import io.sluice.sim.calibration.MeasuredLog;
import io.sluice.sim.calibration.Occupancy;

import java.util.List;

/**
 * A measured run as it was read.
 *
 * @param log its requests
 * @param occupancy its batch and queue over time; empty if nobody wrote them down
 * @param meta what is known of the engine
 * @param rows lines of the log
 * @param warnings what was not as it should be
 */
record MeasuredRun(
        MeasuredLog log, List<Occupancy> occupancy, RunMeta meta, int rows, Warnings warnings) {}
