package io.sluice.core.latency;

/**
 * How much work a set of finished requests was.
 *
 * @param inputTokens prompt tokens of all of them
 * @param outputTokens tokens generated for all of them, completed or not
 * @param goodputRequests those that completed and missed no target they carried; one without
 *     targets counts
 * @param goodputTokens tokens generated for those
 * @param invalidLatencies reported latencies that are no durations (negative, infinite) and were
 *     left out
 */
public record SlaVolume(
        long inputTokens,
        long outputTokens,
        long goodputRequests,
        long goodputTokens,
        long invalidLatencies) {

    /** No work. */
    public static final SlaVolume NONE = new SlaVolume(0, 0, 0, 0, 0);

    SlaVolume plus(SlaVolume other) {
        return new SlaVolume(
                inputTokens + other.inputTokens,
                outputTokens + other.outputTokens,
                goodputRequests + other.goodputRequests,
                goodputTokens + other.goodputTokens,
                invalidLatencies + other.invalidLatencies);
    }
}
