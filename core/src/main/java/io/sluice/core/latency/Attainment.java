package io.sluice.core.latency;

/** Whether one request kept one promise. */
public enum Attainment {
    /** The request carries no such target, so it does not count. */
    NO_TARGET,
    /** It completed within the target. */
    MET,
    /** It completed later, or did not complete. */
    MISSED
}
