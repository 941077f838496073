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

    /**
     * Dispatch to the first token; NaN unless both that it is the difference of are known and can
     * be right. Negative where the worker contradicts itself.
     */
    private double ttftFromDispatchMillis() {
        boolean known =
                LatencyHistogram.isRecordable(ttftMillis)
                        && LatencyHistogram.isRecordable(queueWaitMillis);
        return known ? ttftMillis - queueWaitMillis : Double.NaN;
    }

    /** The latency that {@code measure} names, in milliseconds, or NaN. */
    public double millis(LatencyMeasure measure) {
        return switch (measure) {
            case QUEUE_WAIT -> queueWaitMillis;
            case TTFT -> ttftMillis;
            case TTFT_FROM_DISPATCH -> ttftFromDispatchMillis();
            case TPOT -> tpotMillis;
            case E2E -> e2eMillis;
        };
    }
}
