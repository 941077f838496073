package io.sluice.sim.calibration;

/**
 * A measured curve over time and what the model makes of it.
 *
 * @param name what it counts
 * @param measuredMean mean over the points
 * @param predictedMean mean over the same points
 * @param meanAbsoluteError how far apart they are, on average
 */
public record CurveComparison(
        String name, double measuredMean, double predictedMean, double meanAbsoluteError) {}
