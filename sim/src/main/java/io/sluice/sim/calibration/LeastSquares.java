package io.sluice.sim.calibration;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Weighted linear least squares with a lower bound on each coefficient, for a handful of
 * coefficients: every choice of coefficients held at their bounds is solved, and the best one that
 * breaks no bound is the answer. With k coefficients these are 2^k small systems, exact where an
 * iteration would have to be stopped somewhere.
 *
 * <p>Keeps only the normal equations, so equations may come in any number, and parts of them can be
 * put together again. Columns are scaled to length one before anything is solved.
 */
final class LeastSquares {
    /** Pivots of unit columns below this mean that a column is a sum of others. */
    private static final double DEPENDENT = 1e-12;

    private final int size;
    private final double[][] gram;
    private final double[] moments;
    private double squares;
    private double weight;
    private int equations;

    LeastSquares(int coefficients) {
        this.size = coefficients;
        this.gram = new double[coefficients][coefficients];
        this.moments = new double[coefficients];
    }

    int size() {
        return size;
    }

    int equations() {
        return equations;
    }

    /**
     * Adds one equation, row times coefficients = value.
     *
     * @param equationWeight how much its squared residual counts, 0 or more
     */
    void add(double[] row, double value, double equationWeight) {
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                gram[i][j] += equationWeight * row[i] * row[j];
            }
            moments[i] += equationWeight * row[i] * value;
        }
        squares += equationWeight * value * value;
        weight += equationWeight;
        equations++;
    }

    /** Adds all equations of another system. */
    void add(LeastSquares other) {
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                gram[i][j] += other.gram[i][j];
            }
            moments[i] += other.moments[i];
        }
        squares += other.squares;
        weight += other.weight;
        equations += other.equations;
    }

    /** The coefficients of the smallest sum of squares, none below its bound. */
    double[] solve(double[] lowerBounds) {
        double[] best = lowerBounds.clone();
        double least = sumOfSquares(best);
        for (int free = 1; free < 1 << size; free++) {
            double[] candidate = solveFree(free, lowerBounds);
            if (candidate != null && sumOfSquares(candidate) < least) {
                best = candidate;
                least = sumOfSquares(candidate);
            }
        }
        return best;
    }

    /** The weighted sum of squared residuals. */
    double sumOfSquares(double[] coefficients) {
        double sum = squares;
        for (int i = 0; i < size; i++) {
            sum -= 2 * coefficients[i] * moments[i];
            for (int j = 0; j < size; j++) {
                sum += coefficients[i] * gram[i][j] * coefficients[j];
            }
        }
        return Math.max(0, sum);
    }

    /** The root of the weighted mean of squared residuals; 0 without equations. */
    double rootMeanSquare(double[] coefficients) {
        return weight == 0 ? 0 : Math.sqrt(sumOfSquares(coefficients) / weight);
    }

    /**
     * How much larger the best determined combination of scaled coefficients is than the worst: 1
     * where each stands alone, infinite where one can be exchanged for others.
     */
    double conditionNumber() {
        double[] eigenvalues = SymmetricMatrix.eigenvalues(scaledGram());
        double smallest = Arrays.stream(eigenvalues).min().orElse(1);
        double largest = Arrays.stream(eigenvalues).max().orElse(1);
        return smallest <= DEPENDENT ? Double.POSITIVE_INFINITY : Math.sqrt(largest / smallest);
    }

    private double[][] scaledGram() {
        double[][] scaled = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                double length = Math.sqrt(gram[i][i] * gram[j][j]);
                scaled[i][j] = length == 0 ? 0 : gram[i][j] / length;
            }
        }
        return scaled;
    }

    /** The solution with some coefficients free and the others at their bounds; null if none. */
    private double @Nullable [] solveFree(int free, double[] bounds) {
        int[] columns = columns(free);
        double[][] system = new double[columns.length][columns.length];
        double[] right = new double[columns.length];
        for (int i = 0; i < columns.length; i++) {
            double scale = Math.sqrt(gram[columns[i]][columns[i]]);
            if (scale == 0) {
                return null;
            }
            right[i] = (moments[columns[i]] - heldPart(free, columns[i], bounds)) / scale;
            for (int j = 0; j < columns.length; j++) {
                system[i][j] =
                        gram[columns[i]][columns[j]]
                                / (scale * Math.sqrt(gram[columns[j]][columns[j]]));
            }
        }
        if (!SymmetricMatrix.solve(system, right, DEPENDENT)) {
            return null;
        }
        double[] solution = bounds.clone();
        for (int i = 0; i < columns.length; i++) {
            solution[columns[i]] = right[i] / Math.sqrt(gram[columns[i]][columns[i]]);
            if (solution[columns[i]] < bounds[columns[i]]) {
                return null;
            }
        }
        return solution;
    }

    private double heldPart(int free, int row, double[] bounds) {
        double sum = 0;
        for (int j = 0; j < size; j++) {
            if ((free >> j & 1) == 0) {
                sum += gram[row][j] * bounds[j];
            }
        }
        return sum;
    }

    private int[] columns(int free) {
        int[] columns = new int[Integer.bitCount(free)];
        int count = 0;
        for (int j = 0; j < size; j++) {
            if ((free >> j & 1) == 1) {
                columns[count++] = j;
            }
        }
        return columns;
    }
}
