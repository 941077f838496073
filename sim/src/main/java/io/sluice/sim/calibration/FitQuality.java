package io.sluice.sim.calibration;

/**
 * How well coefficients explain what they were fitted to.
 *
 * @param observations numbers that were fitted
 * @param rootMeanSquare the root of the mean squared error, as a part of the mean: of end-to-end
 *     times where a log was fitted, of step times where a table was
 * @param loss what the fit made small; to compare fits to the same data
 * @param conditionNumber how much better the best determined combination of coefficients is known
 *     than the worst
 */
public record FitQuality(
        int observations, double rootMeanSquare, double loss, double conditionNumber) {}
