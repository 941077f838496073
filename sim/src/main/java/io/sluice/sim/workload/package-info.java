/**
 * What is asked of a simulated fleet: generators of requests, each equal on every machine for a
 * seed.
 *
 * <ul>
 *   <li>{@link io.sluice.sim.workload.SemanticWorkload}: groups of requests with classes and
 *       predicted lengths, draw for draw those of the "semantic scheduling" study (arXiv
 *       2506.12204), with its predictors ({@link io.sluice.sim.workload.PredictorStage}) and their
 *       mistakes ({@link io.sluice.sim.workload.PredictionErrors}).
 * </ul>
 */
@NullMarked
package io.sluice.sim.workload;

import org.jspecify.annotations.NullMarked;
