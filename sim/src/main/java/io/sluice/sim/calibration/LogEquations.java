package io.sluice.sim.calibration;

import io.sluice.sim.calibration.ReplayedRequest.Moment;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a log says of the coefficients, if the steps that it does not show are those of a replay: a
 * measured stretch of time is the sum of its steps, and those are linear in the coefficients. Each
 * request gives up to two equations: from its first output token to its last, and from its start to
 * its first. They are divided by their durations, so that residuals are parts of one.
 */
final class LogEquations {
    /** Few steps each, and part of what they measure is not in any step. */
    private static final double FIRST_TOKEN_WEIGHT = 0.3;

    private final StepCostForm form;

    LogEquations(StepCostForm form) {
        this.form = form;
    }

    /** The equations of all requests. */
    LeastSquares of(MeasuredLog log, List<ReplayedRequest> replay) {
        LeastSquares all = new LeastSquares(form.terms().size());
        for (int i = 0; i < replay.size(); i++) {
            add(all, log.requests().get(i), replay.get(i));
        }
        return all;
    }

    /** Adds the equations of one request. */
    void add(LeastSquares equations, MeasuredRequest measured, ReplayedRequest replayed) {
        if (measured.hasTpot()) {
            long nanos =
                    measured.lastTokenNanos().orElseThrow()
                            - measured.firstTokenNanos().orElseThrow();
            add(equations, replayed.firstToken, replayed.lastToken, nanos, 1);
        }
        if (measured.firstTokenNanos().isPresent()) {
            addFirstToken(equations, measured, replayed);
        }
    }

    private void addFirstToken(
            LeastSquares equations, MeasuredRequest measured, ReplayedRequest replayed) {
        long first = measured.firstTokenNanos().orElseThrow();
        OptionalLong scheduled = measured.scheduledNanos();
        Moment before = replayed.beforeArrival;
        if (scheduled.isPresent()) {
            long nanos = first - scheduled.orElseThrow();
            add(equations, replayed.started, replayed.firstToken, nanos, FIRST_TOKEN_WEIGHT);
        } else if (before != null) {
            // The step that ran at the arrival counts whole, so what had passed of it does, too.
            long nanos = first - before.nanos();
            add(equations, before, replayed.firstToken, nanos, FIRST_TOKEN_WEIGHT);
        }
    }

    private void add(
            LeastSquares equations,
            @Nullable Moment from,
            @Nullable Moment to,
            long nanos,
            double weight) {
        if (from == null || to == null || nanos <= 0) {
            return;
        }
        double seconds = nanos * 1e-9;
        double[] row = form.row(to.done().since(from.done()));
        for (int i = 0; i < row.length; i++) {
            row[i] /= seconds;
        }
        equations.add(row, 1, weight);
    }
}
