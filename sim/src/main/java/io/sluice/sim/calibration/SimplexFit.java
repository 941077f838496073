package io.sluice.sim.calibration;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Moves coefficients downhill without slopes, by the method of Nelder and Mead with lower bounds.
 *
 * <p>The loss of a replay is rugged: a step a microsecond longer lets one request more into a
 * batch, and everybody behind it into another step. Slopes over a small change are those of such
 * edges, and {@link EventFit} stops at them. A simplex spans many of them and shrinks as it comes
 * down.
 */
final class SimplexFit {
    /** Edges of the first simplex of each round, as parts of the time that the run takes. */
    private static final double[] EDGES = {0.05, 0.02, 0.05};

    /** A simplex so small is at the bottom. */
    private static final double SMALL = 2e-4;

    /** So little of the time that the run takes may be noise. */
    private static final double NEAR_BOUND = 0.01;

    private static final double NO_DIFFERENCE = 0.02;

    /** A round that gains less is the last one. */
    private static final double WORTH_A_ROUND = 0.01;

    private static final int TRIALS_OF_A_ROUND = 150;

    private final Trial.Bench bench;
    private final double[] floors;
    private final double[] sizes;
    private final Trial[] corners;
    private int trials;

    private SimplexFit(Trial.Bench bench, Trial start, double[] floors) {
        this.bench = bench;
        this.floors = floors;
        this.sizes = bench.sizes(start);
        this.corners = new Trial[floors.length + 1];
        this.corners[0] = start;
    }

    /**
     * The best coefficients met on the way.
     *
     * @param start coefficients to begin with
     * @param floors lower bounds, one for each term
     */
    static Trial run(Trial.Bench bench, Trial start, double[] floors) {
        Trial best = start;
        for (double edge : EDGES) {
            Trial before = best;
            best = new SimplexFit(bench, before, floors).round(edge);
            if (best.loss() > before.loss() * (1 - WORTH_A_ROUND)) {
                break;
            }
        }
        return new SimplexFit(bench, best, floors).settled();
    }

    /** The start, with what lies just above its bound put there if that makes no difference. */
    private Trial settled() {
        Trial settled = corners[0];
        for (int j = 0; j < floors.length; j++) {
            double above = settled.seconds()[j] - floors[j];
            if (above > 0 && above < NEAR_BOUND * sizes[j]) {
                double[] lowered = settled.seconds().clone();
                lowered[j] = floors[j];
                Trial trial = attempt(lowered);
                boolean asGood = trial.loss() <= corners[0].loss() * (1 + NO_DIFFERENCE);
                settled = asGood ? trial : settled;
            }
        }
        return settled;
    }

    private Trial round(double edge) {
        for (int j = 0; j < floors.length; j++) {
            double[] moved = corners[0].seconds().clone();
            moved[j] += edge * sizes[j];
            corners[j + 1] = attempt(moved);
        }
        sort();
        while (trials < TRIALS_OF_A_ROUND && width() > SMALL) {
            moveWorst();
            sort();
        }
        return corners[0];
    }

    private void moveWorst() {
        int last = corners.length - 1;
        double worst = corners[last].loss();
        double[] centre = centreOfOthers();
        Trial reflected = fromWorst(centre, -1);
        if (reflected.loss() < corners[0].loss()) {
            Trial further = fromWorst(centre, -2);
            corners[last] = further.loss() < reflected.loss() ? further : reflected;
        } else if (reflected.loss() < corners[last - 1].loss()) {
            corners[last] = reflected;
        } else {
            Trial nearer = fromWorst(centre, reflected.loss() < worst ? -0.5 : 0.5);
            if (nearer.loss() < Math.min(reflected.loss(), worst)) {
                corners[last] = nearer;
            } else {
                shrink();
            }
        }
    }

    private double[] centreOfOthers() {
        double[] centre = new double[floors.length];
        for (int i = 0; i < corners.length - 1; i++) {
            for (int j = 0; j < centre.length; j++) {
                centre[j] += corners[i].seconds()[j] / (corners.length - 1);
            }
        }
        return centre;
    }

    /** On the line from a centre to the worst corner: 1 is that corner, -1 its reflection. */
    private Trial fromWorst(double[] centre, double part) {
        return between(centre, corners[corners.length - 1].seconds(), part);
    }

    private void shrink() {
        for (int i = 1; i < corners.length; i++) {
            corners[i] = between(corners[0].seconds(), corners[i].seconds(), 0.5);
        }
    }

    private Trial between(double[] from, double[] to, double part) {
        double[] moved = new double[from.length];
        for (int j = 0; j < moved.length; j++) {
            moved[j] = Math.max(floors[j], from[j] + part * (to[j] - from[j]));
        }
        return attempt(moved);
    }

    private Trial attempt(double[] seconds) {
        trials++;
        return bench.run(seconds);
    }

    private void sort() {
        Arrays.sort(corners, Comparator.comparingDouble(Trial::loss));
    }

    /** How far corners lie from the best one, as a part of the time that the run takes. */
    private double width() {
        double width = 0;
        for (Trial corner : corners) {
            for (int j = 0; j < floors.length; j++) {
                if (sizes[j] > 0) {
                    double distance = Math.abs(corner.seconds()[j] - corners[0].seconds()[j]);
                    width = Math.max(width, distance / sizes[j]);
                }
            }
        }
        return width;
    }
}
