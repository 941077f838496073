package io.sluice.jobs.state;

import java.util.Map;

/**
 * Everything counted in one window of one group.
 *
 * @param outcomes requests by the wire name of their outcome
 * @param latencies histograms by the name of their measure; measures without values are absent
 * @param slo attainment by the name of the indicator; indicators that nobody carried are absent
 * @param volume tokens and goodput
 * @param lateEvents outcomes that came too late for their own window, in the window of their
 *     arrival
 * @param folded those of the requests that are here because their value had no place of its own
 */
public record SlaAggregateState(
        Map<String, Long> outcomes,
        Map<String, HistogramState> latencies,
        Map<String, SloState> slo,
        VolumeState volume,
        long lateEvents,
        long folded) {}
