package io.sluice.apps.sla;

import io.sluice.core.latency.SlaLabels;
import io.sluice.core.latency.SlaSample;

/**
 * An outcome that counts.
 *
 * @param appendedMillis when the broker appended it: the time that decides about its windows
 * @param labels what it is grouped by
 * @param sample what it adds
 */
record CountedOutcome(long appendedMillis, SlaLabels labels, SlaSample sample) {}
