package io.sluice.apps.sla;

import io.sluice.core.latency.SlaLabels;
import io.sluice.core.latency.SlaSample;
import io.sluice.core.slo.SloRequest;

/**
 * An outcome that counts.
 *
 * @param appendedMillis when the broker appended it: the time that decides about its windows
 * @param request what objectives judge, and windows add up
 */
record CountedOutcome(long appendedMillis, SloRequest request) {

    /** What it is grouped by. */
    SlaLabels labels() {
        return request.labels();
    }

    /** What it adds. */
    SlaSample sample() {
        return request.sample();
    }
}
