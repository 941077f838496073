/**
 * What is asked of a simulated fleet: generators of requests, each equal on every machine for a
 * seed.
 *
 * <ul>
 *   <li>{@link io.sluice.sim.workload.SemanticWorkload}: groups of requests with classes and
 *       predicted lengths, draw for draw those of the "semantic scheduling" study (arXiv
 *       2506.12204), with its predictors ({@link io.sluice.sim.workload.PredictorStage}) and their
 *       mistakes ({@link io.sluice.sim.workload.PredictionErrors}).
 *   <li>{@link io.sluice.sim.workload.PrefixTreeWorkload}: prompts that share prefixes, after k-LPM
 *       (arXiv 2502.04677).
 *   <li>{@link io.sluice.sim.workload.RankingBurstWorkload}: a burst with scores of a given
 *       quality, after learning to rank (arXiv 2408.15792).
 *   <li>{@link io.sluice.sim.workload.WorkflowWorkload}: graphs of requests that wait for others.
 *   <li>{@link io.sluice.sim.workload.ArrivalShape}: when requests of whatever kind arrive.
 * </ul>
 */
@NullMarked
package io.sluice.sim.workload;

import org.jspecify.annotations.NullMarked;
