/**
 * {@code sluice worker}: executes dispatch commands on a GPU server and reports the truth about it.
 *
 * <ul>
 *   <li>{@link io.sluice.apps.worker.WorkerCommand} is the command line, {@link
 *       io.sluice.apps.worker.SimulatedWorker} the worker without one.
 *   <li>{@link io.sluice.apps.worker.WorkerLoop} is the one thread that owns the protocol and the
 *       engine. {@link io.sluice.apps.worker.CommandReader} and {@link
 *       io.sluice.apps.worker.EventWriter} are its ears and its voice: a thread each, with nothing
 *       to decide.
 *   <li>{@link io.sluice.apps.worker.CommandMapping} and {@link io.sluice.apps.worker.EventMapping}
 *       translate between records on topics and the values of the protocol.
 *   <li>{@link io.sluice.apps.worker.SimulatedGpu} is the engine behind it.
 * </ul>
 */
@NullMarked
package io.sluice.apps.worker;

import org.jspecify.annotations.NullMarked;
