package io.sluice.demo.bench;

import io.sluice.core.latency.LatencyHistogram;

/**
 * What a job did with a number of requests.
 *
 * @param records records it wrote for them
 * @param perSecond records a second between the first and the last, by the broker's clock
 * @param latency milliseconds from the request's append time to its record's
 */
record Measurement(long records, double perSecond, LatencyHistogram latency) {}
