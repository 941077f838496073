package io.sluice.sim.worker;

import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.model.Progress;

import java.util.Optional;

/**
 * The GPU server behind a worker. For a run that was started it calls {@link
 * WorkerProtocol#progressed}, then {@link WorkerProtocol#completed} or {@link
 * WorkerProtocol#failed}; for one that was stopped it calls nothing any more.
 */
public interface WorkerEngine {

    /**
     * Why an engine does not take a request at all.
     *
     * @param code a name from a closed list of the engine
     * @param message which limit, its value and the request's, for people
     */
    record Refusal(String code, String message) {}

    /**
     * Whether the engine can never run what a command says. Asked before anything is written down:
     * a command that is refused was never accepted.
     */
    default Optional<Refusal> refusal(LaneEffect.Dispatch command) {
        return Optional.empty();
    }

    /** Starts a run. One that the engine cannot take has failed at once. */
    void start(LaneEffect.Dispatch command);

    /** Stops a run. */
    void stop(DispatchId id);

    /**
     * Stops a run that is to be taken up again later.
     *
     * @return how far it has come; empty if the engine could only start it afresh: then it goes on,
     *     since those that interrupt each other would never end
     */
    default Optional<Progress> interrupt(DispatchId id) {
        return Optional.empty();
    }

    /** How far a run has come, as far as the engine can tell while it runs. */
    default Progress reached(DispatchId id) {
        return Progress.NONE;
    }
}
