package io.sluice.apps.sla;

/**
 * A stretch of log time.
 *
 * @param fromMillis its start, inclusive
 * @param toMillis its end, exclusive
 */
record TimeRange(long fromMillis, long toMillis) {

    boolean holds(long timeMillis) {
        return fromMillis <= timeMillis && timeMillis < toMillis;
    }

    boolean holds(WindowKey window) {
        return fromMillis <= window.startMillis() && window.endMillis() <= toMillis;
    }
}
