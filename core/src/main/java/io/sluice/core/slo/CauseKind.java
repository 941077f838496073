package io.sluice.core.slo;

/** What may be why an error budget is spent too fast. */
public enum CauseKind {
    /** Requests wait longer than before until they are dispatched. */
    QUEUE_GROWTH,
    /** An instance went silent. */
    INSTANCE_LOST,
    /** Outputs are longer or shorter than was predicted. */
    PREDICTION_DRIFT,
    /** Many requests expire waiting. */
    EXPIRY_WAVE,
    /** Commands reach workers late. */
    DISPATCH_LAG
}
