package io.sluice.apps.timeline;

/** Whose clock a time is read on. Clocks of different machines differ. */
public enum TimeSource {
    /** The broker, which stamps what it appends. */
    BROKER,
    /** The scheduler job. */
    JOB,
    /** A worker. */
    WORKER,
    /** Whoever gave an order. */
    ISSUER
}
