/**
 * {@code sluice sla}: checks the published windows of latency and attainment against the outcomes
 * they are made of. What counts where is asked of {@link io.sluice.core.latency}; everything else
 * is reckoned from the raw values, without its histograms.
 */
@NullMarked
package io.sluice.apps.sla;

import org.jspecify.annotations.NullMarked;
