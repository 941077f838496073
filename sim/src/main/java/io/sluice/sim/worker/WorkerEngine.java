package io.sluice.sim.worker;

import io.sluice.core.kernel.LaneEffect;

/**
 * The GPU server behind a worker. For a run that was started it calls {@link
 * WorkerProtocol#firstToken}, then {@link WorkerProtocol#completed} or {@link
 * WorkerProtocol#failed}; for one that was stopped it calls nothing any more.
 */
public interface WorkerEngine {

    /** Starts a run. One that the engine cannot take has failed at once. */
    void start(LaneEffect.Dispatch command);

    /** Stops a run. */
    void stop(DispatchId id);
}
