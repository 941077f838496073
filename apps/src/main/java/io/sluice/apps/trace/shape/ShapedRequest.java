package io.sluice.apps.trace.shape;

import io.sluice.apps.trace.arrival.TimedRequest;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A request with all that a replay sends.
 *
 * @param timed what was recorded, and when to send it
 * @param priority higher is more important, negative may be shed
 * @param targetsMillis promises in milliseconds of wall time, counted from the submission; absent
 *     ones are not made
 * @param maxTokens limit on the answer; empty for none
 */
public record ShapedRequest(
        TimedRequest timed,
        int priority,
        Map<Target, Double> targetsMillis,
        OptionalInt maxTokens) {

    public ShapedRequest {
        targetsMillis = Map.copyOf(targetsMillis);
    }

    /** The band of its priority. */
    public PriorityClass priorityClass() {
        return PriorityClass.of(priority);
    }

    /** One promise in milliseconds. */
    public OptionalDouble millis(Target target) {
        Double millis = targetsMillis.get(target);
        return millis == null ? OptionalDouble.empty() : OptionalDouble.of(millis);
    }
}
