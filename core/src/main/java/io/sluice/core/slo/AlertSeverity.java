package io.sluice.core.slo;

/** How urgent an alert is. */
public enum AlertSeverity {
    /** Wake somebody. */
    PAGE,
    /** Look at it in working hours. */
    TICKET
}
