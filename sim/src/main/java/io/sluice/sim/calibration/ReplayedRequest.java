package io.sluice.sim.calibration;

import org.jspecify.annotations.Nullable;

/**
 * What the model did with one request of a log. A moment that never came, because the engine
 * refused the request or the replay ended before, is null.
 */
final class ReplayedRequest {

    /**
     * A moment of the simulated engine.
     *
     * @param nanos its time
     * @param done what the steps that ended by then computed
     */
    record Moment(long nanos, StepSums done) {}

    /** The end of the last step before its arrival, or the arrival itself if none ran. */
    @Nullable Moment beforeArrival;

    /** When it was first put into a batch. */
    @Nullable Moment started;

    /** Its first output token. */
    @Nullable Moment firstToken;

    /** Its last output token. */
    @Nullable Moment lastToken;
}
