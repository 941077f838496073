package io.sluice.sim.engine;

/**
 * Receives the events of an engine, in the order of their times. It must not call the engine back.
 */
@FunctionalInterface
public interface EngineListener {

    /** Called once for each event. */
    void onEvent(EngineEvent event);
}
