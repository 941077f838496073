/**
 * A GPU inference engine with continuous batching, as an event-driven state machine.
 *
 * <ul>
 *   <li>{@link io.sluice.sim.engine.ContinuousBatchingEngine} is the loop and the only entrance:
 *       submit, cancel, advance.
 *   <li>{@link io.sluice.sim.engine.BatchComposer} decides who takes part in a step, on a {@link
 *       io.sluice.sim.engine.BatchState}.
 *   <li>{@link io.sluice.sim.engine.KvMemory} hands out KV blocks: counted, or with a prefix cache
 *       each by itself ({@link io.sluice.sim.engine.SharedKvMemory}); {@link
 *       io.sluice.sim.engine.Evictions} says what becomes of a run that has to leave.
 *   <li>{@link io.sluice.sim.engine.StepCost} says how long a step lasts; {@link
 *       io.sluice.sim.engine.DecodeJump} finds how many equal steps can be taken at once.
 *   <li>{@link io.sluice.sim.engine.EngineProfiles} holds the coefficient sets.
 * </ul>
 *
 * <p>Times are nanoseconds of any clock with any origin; durations inside a step are picoseconds.
 */
@NullMarked
package io.sluice.sim.engine;

import org.jspecify.annotations.NullMarked;
