package io.sluice.sim.calibration;

import java.util.Arrays;
import java.util.List;

/** A set of coefficients tried out on a log. The arrays in it are not to be written to. */
final class Trial {
    private final double[] seconds;
    private final List<ReplayedRequest> replay;
    private final double[] residuals;
    private final double loss;

    private Trial(double[] seconds, List<ReplayedRequest> replay, double[] residuals) {
        this.seconds = seconds.clone();
        this.replay = replay;
        this.residuals = residuals;
        this.loss = EventResiduals.loss(residuals);
    }

    /** One coefficient for each term of the form. */
    double[] seconds() {
        return seconds;
    }

    /** What the model does with them. */
    List<ReplayedRequest> replay() {
        return replay;
    }

    /** How far that is from what was measured. */
    double[] residuals() {
        return residuals;
    }

    /** The mean loss of the residuals. */
    double loss() {
        return loss;
    }

    /** Tries coefficients on a log. */
    static final class Bench {
        private final MeasuredEngine engine;
        private final StepCostForm form;
        private final MeasuredLog log;
        private final EventResiduals residuals;

        Bench(MeasuredEngine engine, StepCostForm form, MeasuredLog log) {
            this.engine = engine;
            this.form = form;
            this.log = log;
            this.residuals = new EventResiduals(log);
        }

        /** Tries coefficients, brought down to the largest that a step cost may have. */
        Trial run(double[] wanted) {
            double[] seconds = form.possible(wanted);
            List<ReplayedRequest> replay =
                    EngineReplay.of(engine.withCost(form.cost(seconds)), log);
            return new Trial(seconds, replay, residuals.of(replay));
        }

        /** By term, the coefficient with which it alone would fill the time that a trial takes. */
        double[] sizes(Trial trial) {
            StepSums total = StepSums.NONE;
            for (ReplayedRequest request : trial.replay) {
                if (request.lastToken != null && request.lastToken.done().steps() > total.steps()) {
                    total = request.lastToken.done();
                }
            }
            double[] counts = form.row(total);
            double seconds = 0;
            for (int j = 0; j < counts.length; j++) {
                seconds += counts[j] * trial.seconds[j];
            }
            double whole = seconds;
            return Arrays.stream(counts).map(count -> count == 0 ? 0 : whole / count).toArray();
        }

        StepCostForm form() {
            return form;
        }

        MeasuredLog log() {
            return log;
        }

        EventResiduals residuals() {
            return residuals;
        }
    }
}
