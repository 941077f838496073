package io.sluice.sim.workload;

import java.util.Arrays;

/** What lies between a request's arrival and its release to the scheduler. */
public sealed interface PredictorStage {

    /** No predictors: released on arrival. */
    PredictorStage NONE = new Delay(0);

    /**
     * When each request is released.
     *
     * @param arrivals when each arrives, in nanoseconds, ascending
     */
    long[] releases(long[] arrivals);

    /**
     * Every request takes the same time, however many there are.
     *
     * @param nanos from arrival to release
     */
    record Delay(long nanos) implements PredictorStage {

        /** Rejects a negative delay. */
        public Delay {
            Settings.requireBetween("predictor delay nanos", nanos, 0, Long.MAX_VALUE);
        }

        @Override
        public long[] releases(long[] arrivals) {
            return Arrays.stream(arrivals).map(arrival -> arrival + nanos).toArray();
        }
    }

    /**
     * Two predictors side by side; a request is released when both have finished.
     *
     * @param rank predicts the class
     * @param length predicts the length of the answer
     */
    record Predictors(Predictor rank, Predictor length) implements PredictorStage {

        @Override
        public long[] releases(long[] arrivals) {
            long[] releases = rank.finishes(arrivals);
            long[] lengths = length.finishes(arrivals);
            for (int i = 0; i < releases.length; i++) {
                releases[i] = Math.max(releases[i], lengths[i]);
            }
            return releases;
        }
    }

    /** Two predictors that are alike. */
    static PredictorStage both(Predictor predictor) {
        return new Predictors(predictor, predictor);
    }
}
