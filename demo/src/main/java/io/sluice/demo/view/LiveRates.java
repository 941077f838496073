package io.sluice.demo.view;

/**
 * How fast a run goes, in requests per second of wall time.
 *
 * @param submittedPerSecond arriving at the broker
 * @param settledPerSecond getting a visible outcome
 */
record LiveRates(double submittedPerSecond, double settledPerSecond) {}
