package io.sluice.apps.worker;

import io.sluice.schemas.avro.DispatchCommand;
import io.sluice.sim.engine.EngineSnapshot;

/** Hears of each turn of the loop, for metrics and for people. Called by the loop. */
interface LoopObserver {

    /** A turn is over, and this is how things are. */
    void stepped(EngineSnapshot engine, Occupancy occupancy, int acceptedRuns, long aheadMillis);

    /** A command was taken in. */
    void understood(DispatchCommand command);

    /** A record for this instance is no command that it can follow. */
    void notUnderstood(DispatchCommand command, IllegalArgumentException reason);
}
