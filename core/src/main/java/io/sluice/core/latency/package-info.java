/**
 * What was promised and what was kept: mergeable latency histograms, service level objectives, and
 * their aggregates.
 *
 * <p>Everything here adds up: merging the aggregates of two sets of requests gives the aggregate of
 * both, bit for bit, in any order. So windows roll up into longer windows, subtasks into totals and
 * replays into the same numbers; percentiles are never averaged.
 *
 * <p>Definitions, used everywhere in the project:
 *
 * <ul>
 *   <li><b>queue wait</b>: submission to dispatch, or to the end of the wait without one.
 *   <li><b>TTFT</b>: submission to first output token. Submission is when the broker appended the
 *       request; what passes between its creation at the client and that is not in any measure,
 *       since no two clocks need to agree then.
 *   <li><b>TTFT from dispatch</b>: TTFT less the queue wait, where both are known.
 *   <li><b>TPOT</b>: (last token - first token) / (output tokens - 1); absent for fewer than two
 *       tokens.
 *   <li><b>E2E</b>: submission to completion.
 *   <li><b>joint attainment</b>: every target that the request has is met.
 *   <li><b>goodput</b>: completed requests that missed no target they carry (one without targets
 *       counts), and their output tokens.
 * </ul>
 */
@NullMarked
package io.sluice.core.latency;

import org.jspecify.annotations.NullMarked;
