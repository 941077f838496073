package io.sluice.core.latency;

/** What a request may carry a target for, and the conjunction of them. */
public enum SloIndicator {
    /** Target of the time to first token. */
    TTFT,
    /** Target of the time per output token after the first. */
    TPOT,
    /** Target of the time to the last token. */
    E2E,
    /** Every target that the request carries. */
    JOINT
}
