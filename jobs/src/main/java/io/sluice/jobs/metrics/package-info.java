/** Metrics that more than one operator shows, in a form that a metrics system can add up. */
@NullMarked
package io.sluice.jobs.metrics;

import org.jspecify.annotations.NullMarked;
