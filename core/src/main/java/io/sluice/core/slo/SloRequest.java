package io.sluice.core.slo;

import io.sluice.core.latency.SlaLabels;
import io.sluice.core.latency.SlaSample;

import org.jspecify.annotations.Nullable;

/**
 * A finished request, as objectives look at it.
 *
 * @param sample how it ended, what was measured and what was promised
 * @param labels instance, model, tenant and priority
 * @param serviceTier service tier it asked for, or null
 * @param deadlineMillis milliseconds from submission to its deadline; NaN if it has none
 */
public record SloRequest(
        SlaSample sample, SlaLabels labels, @Nullable String serviceTier, double deadlineMillis) {}
