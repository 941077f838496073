package io.sluice.sim.engine;

import io.sluice.core.model.Progress;

import java.util.Optional;

/**
 * An engine told the real time, that lives in scaled time: what it would do in a minute it does in
 * a second of a speedup of 60, in the same order and with the same batches. All times here, those
 * of events included, are real.
 */
public final class ScaledEngine {
    private final ContinuousBatchingEngine engine;
    private final TimeScale scale;

    /** Wraps an engine that nobody else drives. */
    public ScaledEngine(ContinuousBatchingEngine engine, TimeScale scale) {
        this.engine = engine;
        this.scale = scale;
    }

    /** See {@link ContinuousBatchingEngine#refusal}. */
    public Optional<Submission.Refused> refusal(EngineRequest request) {
        return engine.refusal(request);
    }

    /** See {@link ContinuousBatchingEngine#submit}. */
    public Submission submit(EngineRequest request, long realNanos) {
        return engine.submit(request, scale.toSimulated(realNanos));
    }

    /** See {@link ContinuousBatchingEngine#cancel}. */
    public Optional<Cancellation> cancel(String id, long realNanos) {
        return engine.cancel(id, scale.toSimulated(realNanos));
    }

    /** See {@link ContinuousBatchingEngine#pauseAtStepEnd}. */
    public void pauseAtStepEnd(long realNanos) {
        engine.pauseAtStepEnd(scale.toSimulated(realNanos));
    }

    /** See {@link ContinuousBatchingEngine#isBetweenSteps}. */
    public boolean isBetweenSteps() {
        return engine.isBetweenSteps();
    }

    /** See {@link ContinuousBatchingEngine#interrupt}. */
    public Optional<Interruption> interrupt(String id, long realNanos) {
        return engine.interrupt(id, scale.toSimulated(realNanos));
    }

    /** See {@link ContinuousBatchingEngine#progress}. */
    public Optional<Progress> progress(String id) {
        return engine.progress(id);
    }

    /** See {@link ContinuousBatchingEngine#nextEventAt}. */
    public long nextEventAt() {
        return scale.toReal(engine.nextEventAt());
    }

    /** See {@link ContinuousBatchingEngine#advanceTo}. */
    public void advanceTo(long realNanos, EngineListener listener) {
        engine.advanceTo(
                scale.toSimulated(realNanos),
                event -> listener.onEvent(event.at(scale.toReal(event.atNanos()))));
    }

    /** See {@link ContinuousBatchingEngine#snapshot}; its times are simulated ones. */
    public EngineSnapshot snapshot() {
        return engine.snapshot();
    }
}
