/**
 * Service level objectives: which share of which requests is to keep which promise, how much of the
 * error budget is left, how fast it is spent, and when somebody has to be told.
 *
 * <p>Everything is a function of counts in slots of log time. Counts add up in any order, windows
 * are sums of slots, and alerts are decided at the ends of slots only; so a restart, or somebody
 * who counts the outcomes again offline, comes to the same numbers and the same alerts.
 *
 * <p>Which request counts how is said in {@link io.sluice.core.slo.SloObjective#judge}; what a
 * latency is, in the documentation of {@code core.latency}.
 */
@NullMarked
package io.sluice.core.slo;

import org.jspecify.annotations.NullMarked;
