/** Counters, gauges and histograms, and the page on which a scraper reads them. */
@NullMarked
package io.sluice.apps.metrics;

import org.jspecify.annotations.NullMarked;
