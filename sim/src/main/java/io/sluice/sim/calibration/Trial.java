package io.sluice.sim.calibration;

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

        Trial run(double[] seconds) {
            List<ReplayedRequest> replay =
                    EngineReplay.of(engine.withCost(form.cost(seconds)), log);
            return new Trial(seconds, replay, residuals.of(replay));
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
