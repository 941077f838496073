package io.sluice.sim.fleet;

import io.sluice.core.latency.LatencyMeasures;
import io.sluice.core.latency.SlaSample;
import io.sluice.core.latency.SloVerdict;
import io.sluice.core.model.Outcome;
import io.sluice.sim.workload.SimulatedRequest;

import org.jspecify.annotations.Nullable;

/**
 * What became of a request in a simulation. Times are nanoseconds of its clock; {@link #NOT} for
 * what did not happen.
 *
 * @param request the request
 * @param outcome how it ended
 * @param instance place of the instance that ended it in the fleet, or -1
 * @param dispatchedNanos first time that it was sent to an instance
 * @param firstTokenNanos first output token
 * @param endedNanos last output token, or when it ended without one
 * @param cachedTokens prompt tokens found in the prefix cache
 * @param interruptions how often its run was interrupted
 * @param longestPauseNanos longest time that it stood still between two tokens for that
 * @param madeTokens output tokens made for it, over all its runs
 * @param message why it did not complete, for people
 */
public record RequestResult(
        SimulatedRequest request,
        Outcome outcome,
        int instance,
        long dispatchedNanos,
        long firstTokenNanos,
        long endedNanos,
        int cachedTokens,
        int interruptions,
        long longestPauseNanos,
        int madeTokens,
        @Nullable String message) {

    /** Time of what did not happen. */
    public static final long NOT = -1;

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;

    /** Whether it has a deadline and did not complete by it, however it ended. */
    public boolean missesDeadline() {
        return request.hasDeadline() && (!isCompleted() || endedNanos > request.deadlineNanos());
    }

    /** Whether it got its last token. */
    public boolean isCompleted() {
        return outcome == Outcome.COMPLETED;
    }

    /** Seconds from arrival to the last token. */
    public double latencySeconds() {
        return (endedNanos - request.arrivalNanos()) / NANOS_PER_SECOND;
    }

    /** Seconds from arrival to the first token. */
    public double ttftSeconds() {
        return (firstTokenNanos - request.arrivalNanos()) / NANOS_PER_SECOND;
    }

    /** Seconds for each output token after the first; not a number for a single token. */
    public double tpotSeconds() {
        int gaps = request.outputTokens() - 1;
        return gaps == 0 ? Double.NaN : (endedNanos - firstTokenNanos) / NANOS_PER_SECOND / gaps;
    }

    /**
     * The longest time that its reader had to wait for something to read: to the first token, or
     * while its run was interrupted, in seconds.
     */
    public double longestWaitSeconds() {
        return Math.max(ttftSeconds(), longestPauseNanos / NANOS_PER_SECOND);
    }

    /** Which of its targets it met. */
    public SloVerdict verdict() {
        LatencyMeasures measures =
                new LatencyMeasures(
                        queueSeconds() * MILLIS_PER_SECOND,
                        ttftSeconds() * MILLIS_PER_SECOND,
                        tpotSeconds() * MILLIS_PER_SECOND,
                        latencySeconds() * MILLIS_PER_SECOND);
        SlaSample.Tokens tokens =
                new SlaSample.Tokens(request.promptTokens(), request.outputTokens());
        return SloVerdict.of(new SlaSample(outcome, measures, request.targets(), tokens));
    }

    /** Seconds from arrival until it was first sent to an instance. */
    public double queueSeconds() {
        return (dispatchedNanos - request.arrivalNanos()) / NANOS_PER_SECOND;
    }
}
