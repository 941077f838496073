package io.sluice.sim.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Moves coefficients to where the events of a replay are closest to the measured ones, by the
 * method of Levenberg and Marquardt with lower bounds. The replay itself is differentiated, by
 * differences, so what a slower step does to the queue behind it counts, too, which the equations
 * of {@link LogEquations} leave out.
 */
final class EventFit {
    private static final int ITERATIONS = 8;
    private static final int ATTEMPTS = 5;
    private static final double DIFFERENCE = 0.01;
    private static final double FIRST_DAMPING = 1e-3;
    private static final double GOOD_ENOUGH = 1e-4;

    private final Trial.Bench bench;
    private final double[] floors;
    private Trial best;
    private final double[][] slopes;

    private EventFit(Trial.Bench bench, Trial start, double[] floors) {
        this.bench = bench;
        this.floors = floors;
        this.best = start;
        this.slopes = new double[floors.length][start.residuals().length];
    }

    /**
     * Fits.
     *
     * @param start coefficients near enough for the requests to be in about the right steps
     * @param floors lower bounds, one for each term
     */
    static EventFit run(Trial.Bench bench, Trial start, double[] floors) {
        EventFit fit = new EventFit(bench, start, floors);
        fit.iterate();
        return fit;
    }

    /** The best coefficients. */
    Trial best() {
        return best;
    }

    /** The equations for a change of the coefficients there, by stretches of the log. */
    List<LeastSquares> blocks(int count) {
        List<LeastSquares> blocks = new ArrayList<>();
        for (int block = 0; block < count; block++) {
            blocks.add(new LeastSquares(floors.length));
        }
        int requests = bench.log().requests().size();
        for (int i = 0; i < best.residuals().length; i++) {
            addEquation(blocks.get(bench.residuals().owner(i) * count / requests), i);
        }
        return blocks;
    }

    private void iterate() {
        double damping = FIRST_DAMPING;
        for (int i = 0; i < ITERATIONS; i++) {
            differentiate();
            double before = best.loss();
            boolean better = false;
            for (int attempt = 0; attempt < ATTEMPTS && !better; attempt++) {
                better = tryStep(damping);
                damping *= better ? 0.25 : 8;
            }
            if (!better || best.loss() > before * (1 - GOOD_ENOUGH)) {
                return;
            }
        }
    }

    /** The least change of each coefficient that its bound allows. */
    double[] room() {
        double[] room = new double[floors.length];
        for (int j = 0; j < room.length; j++) {
            room[j] = floors[j] - best.seconds()[j];
        }
        return room;
    }

    private boolean tryStep(double damping) {
        int terms = floors.length;
        LeastSquares equations = blocks(1).get(0);
        for (int j = 0; j < terms; j++) {
            double[] alone = new double[terms];
            alone[j] = 1;
            double size = Arrays.stream(slopes[j]).map(slope -> slope * slope).sum();
            equations.add(alone, 0, damping * size);
        }
        double[] change = equations.solve(room());
        double[] moved = best.seconds().clone();
        for (int j = 0; j < terms; j++) {
            moved[j] = Math.max(floors[j], moved[j] + change[j]);
        }
        Trial trial = bench.run(moved);
        if (trial.loss() < best.loss()) {
            best = trial;
            return true;
        }
        return false;
    }

    /** Adds what one residual says of the change that would take all of them to 0. */
    private void addEquation(LeastSquares equations, int residual) {
        double[] row = new double[floors.length];
        for (int j = 0; j < row.length; j++) {
            row[j] = slopes[j][residual];
        }
        double value = best.residuals()[residual];
        equations.add(row, -value, EventResiduals.weight(value));
    }

    /**
     * Slopes by differences wide enough to smooth over requests that change steps: to either side
     * by what changes the whole run by {@link #DIFFERENCE}.
     */
    private void differentiate() {
        double[] sizes = bench.sizes(best);
        for (int j = 0; j < floors.length; j++) {
            double up = DIFFERENCE * sizes[j];
            double down = Math.min(up, best.seconds()[j] - floors[j]);
            if (up > 0) {
                double[] above = bench.run(shifted(j, up)).residuals();
                double[] below =
                        down > 0 ? bench.run(shifted(j, -down)).residuals() : best.residuals();
                for (int i = 0; i < above.length; i++) {
                    slopes[j][i] = (above[i] - below[i]) / (up + Math.max(0, down));
                }
            }
        }
    }

    private double[] shifted(int term, double change) {
        double[] seconds = best.seconds().clone();
        seconds[term] += change;
        return seconds;
    }
}
