package io.sluice.sim.calibration;

import io.sluice.sim.engine.EngineRequest;

import java.util.OptionalLong;

/**
 * What a real engine did with one request. Times are nanoseconds of the engine's clock, counted
 * from the first arrival of the log; a time that was not recorded is empty.
 *
 * @param request its lengths, and what is known of the prompt's content
 * @param arrivalNanos when it came
 * @param scheduledNanos when it was first put into a batch
 * @param firstTokenNanos when its first output token was there
 * @param lastTokenNanos when its last one was
 */
public record MeasuredRequest(
        EngineRequest request,
        long arrivalNanos,
        OptionalLong scheduledNanos,
        OptionalLong firstTokenNanos,
        OptionalLong lastTokenNanos) {

    private static final double SECONDS = 1e-9;

    /** Refuses times out of order, naming the request. */
    public MeasuredRequest {
        long scheduled = scheduledNanos.orElse(arrivalNanos);
        long first = firstTokenNanos.orElse(scheduled);
        long last = lastTokenNanos.orElse(first);
        if (scheduled > first || arrivalNanos > first || first > last) {
            throw new IllegalArgumentException(
                    "measured request %s: times are out of order: arrival %d, scheduled %d, first token %d, last token %d ns"
                            .formatted(request.id(), arrivalNanos, scheduled, first, last));
        }
    }

    /** Whether both ends of its output are known. */
    public boolean complete() {
        return firstTokenNanos.isPresent() && lastTokenNanos.isPresent();
    }

    /** Whether it has a time per output token: both ends of an output of two tokens or more. */
    public boolean hasTpot() {
        return complete() && request.producedTokens() > 1;
    }

    /** Time to the first token; not to be asked where that is unknown. */
    public double ttftSeconds() {
        return (firstTokenNanos.orElseThrow() - arrivalNanos) * SECONDS;
    }

    /** From the first output token to the last; not to be asked where one is unknown. */
    public double outputSeconds() {
        return (lastTokenNanos.orElseThrow() - firstTokenNanos.orElseThrow()) * SECONDS;
    }

    /** Time per output token after the first; not to be asked where there is none. */
    public double tpotSeconds() {
        return outputSeconds() / (request.producedTokens() - 1);
    }

    /** From its arrival to its last token; not to be asked where that is unknown. */
    public double endToEndSeconds() {
        return (lastTokenNanos.orElseThrow() - arrivalNanos) * SECONDS;
    }

    /** What was known of it at a time: later ones are forgotten. */
    MeasuredRequest asOf(long nanos) {
        return new MeasuredRequest(
                request,
                arrivalNanos,
                upTo(scheduledNanos, nanos),
                upTo(firstTokenNanos, nanos),
                upTo(lastTokenNanos, nanos));
    }

    private static OptionalLong upTo(OptionalLong time, long nanos) {
        return time.isPresent() && time.getAsLong() <= nanos ? time : OptionalLong.empty();
    }
}
