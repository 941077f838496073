package io.sluice.sim.calibration;

/**
 * The two things asked of small symmetric matrices: to be solved, and to show their eigenvalues.
 */
final class SymmetricMatrix {
    private static final int MAX_SWEEPS = 100;

    private SymmetricMatrix() {}

    /**
     * Solves a positive definite system by Cholesky's factors.
     *
     * @param matrix overwritten with its factor
     * @param right overwritten with the solution
     * @param smallestPivot a pivot at or below this means that the matrix is singular
     * @return false if it is; {@code right} then holds nothing of use
     */
    static boolean solve(double[][] matrix, double[] right, double smallestPivot) {
        int n = right.length;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= matrix[i][k] * matrix[j][k];
                }
                if (i == j && !(sum > smallestPivot)) {
                    return false;
                }
                matrix[i][j] = i == j ? Math.sqrt(sum) : sum / matrix[j][j];
            }
        }
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) {
                right[i] -= matrix[i][k] * right[k];
            }
            right[i] /= matrix[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                right[i] -= matrix[k][i] * right[k];
            }
            right[i] /= matrix[i][i];
        }
        return true;
    }

    /**
     * The eigenvalues, by Jacobi's rotations.
     *
     * @param matrix overwritten
     */
    static double[] eigenvalues(double[][] matrix) {
        int n = matrix.length;
        for (int sweep = 0; sweep < MAX_SWEEPS && offDiagonal(matrix) > 1e-30; sweep++) {
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    rotate(matrix, p, q);
                }
            }
        }
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = matrix[i][i];
        }
        return values;
    }

    private static double offDiagonal(double[][] matrix) {
        double sum = 0;
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < i; j++) {
                sum += matrix[i][j] * matrix[i][j];
            }
        }
        return sum;
    }

    /** Turns the plane of two axes so that their entry off the diagonal becomes 0. */
    private static void rotate(double[][] matrix, int p, int q) {
        if (matrix[p][q] == 0) {
            return;
        }
        double angle = 0.5 * Math.atan2(2 * matrix[p][q], matrix[q][q] - matrix[p][p]);
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        for (int k = 0; k < matrix.length; k++) {
            double kp = matrix[k][p];
            double kq = matrix[k][q];
            matrix[k][p] = cos * kp - sin * kq;
            matrix[k][q] = sin * kp + cos * kq;
        }
        for (int k = 0; k < matrix.length; k++) {
            double pk = matrix[p][k];
            double qk = matrix[q][k];
            matrix[p][k] = cos * pk - sin * qk;
            matrix[q][k] = sin * pk + cos * qk;
        }
    }
}
