package io.sluice.core.latency;

/** The latencies of which distributions are kept; defined in the package documentation. */
public enum LatencyMeasure {
    /** Submission to dispatch, or to the end of the wait without one. */
    QUEUE_WAIT,
    /** Time to first token. */
    TTFT,
    /** Dispatch to the first token: time to first token less the wait in the queue. */
    TTFT_FROM_DISPATCH,
    /** Time per output token after the first. */
    TPOT,
    /** Submission to the last token. */
    E2E
}
