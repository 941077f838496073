package io.sluice.sim.calibration;

import java.util.Arrays;
import java.util.List;

/**
 * How far fitted coefficients would lie elsewhere had other parts of the run been measured: the fit
 * is repeated, linearised, with one stretch of the data left out after the other (a jackknife over
 * blocks). Stretches and not single requests, because neighbours share their steps, and so what is
 * odd about them.
 */
final class Spread {
    private final double[] standardErrors;
    private final double[][] correlations;

    private Spread(double[] standardErrors, double[][] correlations) {
        this.standardErrors = standardErrors;
        this.correlations = correlations;
    }

    /** How far off a coefficient may be. */
    double standardError(int coefficient) {
        return standardErrors[coefficient];
    }

    /** How much two coefficients go together, -1 to 1; 0 where one does not vary. */
    double correlation(int one, int other) {
        return correlations[one][other];
    }

    /**
     * Repeats the fit.
     *
     * @param blocks the equations of each stretch for a change of the coefficients
     * @param floors the least change of each coefficient
     */
    static Spread of(List<LeastSquares> blocks, double[] floors) {
        double[][] fits = new double[blocks.size()][];
        for (int left = 0; left < fits.length; left++) {
            LeastSquares rest = new LeastSquares(floors.length);
            for (int block = 0; block < fits.length; block++) {
                if (block != left) {
                    rest.add(blocks.get(block));
                }
            }
            fits[left] = rest.solve(floors);
        }
        return of(fits, floors.length);
    }

    private static Spread of(double[][] fits, int size) {
        double[][] covariance = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                covariance[i][j] = covariance(fits, i, j);
            }
        }
        double[] errors = new double[size];
        double[][] correlations = new double[size][size];
        for (int i = 0; i < size; i++) {
            errors[i] = Math.sqrt(covariance[i][i]);
            for (int j = 0; j < size; j++) {
                double scale = Math.sqrt(covariance[i][i] * covariance[j][j]);
                correlations[i][j] = scale == 0 ? 0 : covariance[i][j] / scale;
            }
        }
        return new Spread(errors, correlations);
    }

    private static double covariance(double[][] fits, int i, int j) {
        double meanI = Arrays.stream(fits).mapToDouble(fit -> fit[i]).average().orElse(0);
        double meanJ = Arrays.stream(fits).mapToDouble(fit -> fit[j]).average().orElse(0);
        double sum = 0;
        for (double[] fit : fits) {
            sum += (fit[i] - meanI) * (fit[j] - meanJ);
        }
        return sum * (fits.length - 1) / fits.length;
    }
}
