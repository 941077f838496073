package io.sluice.jobs.state;

import java.util.List;

/**
 * How a series stands at the end of a slot.
 *
 * @param atMillis end of what is counted
 * @param late requests that came too late
 * @param excluded requests that do not count
 * @param period counts of the period
 * @param burnRates by window, shortest first
 */
public record SloReportState(
        long atMillis,
        long late,
        long excluded,
        BurnRateState period,
        List<BurnRateState> burnRates) {}
