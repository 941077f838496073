package io.sluice.sim.calibration;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A run of a real engine, request by request.
 *
 * @param requests in the order of arrival
 */
public record MeasuredLog(List<MeasuredRequest> requests) {

    /** Puts the requests in the order of arrival; those that arrive together stay as they are. */
    public MeasuredLog {
        requests =
                requests.stream()
                        .sorted(Comparator.comparingLong(MeasuredRequest::arrivalNanos))
                        .toList();
    }

    /** The last time recorded; 0 for an empty log. */
    public long endNanos() {
        return requests.stream()
                .mapToLong(
                        request ->
                                request.lastTokenNanos()
                                        .orElse(
                                                request.firstTokenNanos()
                                                        .orElse(request.arrivalNanos())))
                .max()
                .orElse(0);
    }

    /** Requests whose first token is known. */
    public int firstTokens() {
        return (int) requests.stream().filter(r -> r.firstTokenNanos().isPresent()).count();
    }

    /** Requests whose first and last tokens are known. */
    public int completed() {
        return (int) requests.stream().filter(MeasuredRequest::complete).count();
    }

    /** The middle one of the times per output token: about how long a step takes. */
    OptionalDouble medianTpotSeconds() {
        double[] sorted =
                requests.stream()
                        .filter(MeasuredRequest::hasTpot)
                        .mapToDouble(MeasuredRequest::tpotSeconds)
                        .sorted()
                        .toArray();
        return sorted.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(sorted[sorted.length / 2]);
    }

    /** What was known at a time: who had arrived by then, and what had happened to them. */
    public MeasuredLog asOf(long nanos) {
        return new MeasuredLog(
                requests.stream()
                        .filter(request -> request.arrivalNanos() <= nanos)
                        .map(request -> request.asOf(nanos))
                        .toList());
    }
}
