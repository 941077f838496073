package io.sluice.sim.fleet;

/** Hears how requests end, in the order in which they do. */
@FunctionalInterface
public interface RunListener {

    /** A request has ended. */
    void ended(RequestResult result);
}
