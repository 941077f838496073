package io.sluice.sim.calibration;

/**
 * Goes back and forth between the two things that depend on each other: a replay tells which steps
 * a request took part in, and given those, coefficients are a linear least squares problem. Moves
 * half-way each time and keeps the trial with the smallest loss, which need not be the last.
 */
final class AlternatingFit {
    private static final int ROUNDS = 10;

    private AlternatingFit() {}

    /**
     * The best coefficients met on the way.
     *
     * @param start coefficients to begin with
     * @param floors lower bounds, one for each term
     */
    static Trial run(Trial.Bench bench, double[] start, double[] floors) {
        LogEquations equations = new LogEquations(bench.form());
        Trial current = bench.run(atLeast(start, floors));
        Trial best = current;
        for (int round = 0; round < ROUNDS; round++) {
            double[] solution = equations.of(bench.log(), current.replay()).solve(floors);
            double[] halfWay = current.seconds().clone();
            for (int i = 0; i < halfWay.length; i++) {
                halfWay[i] = (halfWay[i] + solution[i]) / 2;
            }
            current = bench.run(halfWay);
            if (current.loss() < best.loss()) {
                best = current;
            }
        }
        return best;
    }

    private static double[] atLeast(double[] values, double[] floors) {
        double[] raised = values.clone();
        for (int i = 0; i < raised.length; i++) {
            raised[i] = Math.max(raised[i], floors[i]);
        }
        return raised;
    }
}
