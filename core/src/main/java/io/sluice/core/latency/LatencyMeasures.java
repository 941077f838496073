package io.sluice.core.latency;

/**
 * The measured latencies of one request, in milliseconds; {@link Double#NaN} where there is nothing
 * to measure. Not validated: a worker with a broken clock may report a negative value, which {@link
 * SlaAggregate} counts as invalid instead of recording it.
 *
 * @param queueWaitMillis submission to dispatch, or to the end of the wait without one; NaN if it
 *     has none
 * @param ttftMillis submission to first token
 * @param tpotMillis mean time per output token after the first; NaN for fewer than two tokens
 * @param e2eMillis submission to last token
 */
public record LatencyMeasures(
        double queueWaitMillis, double ttftMillis, double tpotMillis, double e2eMillis) {

    /** Nothing was measured. */
    public static final LatencyMeasures NONE =
            new LatencyMeasures(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /** The latency that {@code measure} names, in milliseconds, or NaN. */
    public double millis(LatencyMeasure measure) {
        return switch (measure) {
            case QUEUE_WAIT -> queueWaitMillis;
            case TTFT -> ttftMillis;
            case TPOT -> tpotMillis;
            case E2E -> e2eMillis;
        };
    }
}
