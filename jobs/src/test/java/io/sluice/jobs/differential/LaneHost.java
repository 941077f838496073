package io.sluice.jobs.differential;

import io.sluice.sim.driver.LaneEvent;

/** Whoever runs lanes and can be fed a trace. */
interface LaneHost extends AutoCloseable {

    /** Lets time pass. */
    void advanceTo(long millis) throws Exception;

    /** Takes in what happens now. */
    void take(LaneEvent event) throws Exception;

    /** Takes a checkpoint. */
    void checkpoint() throws Exception;

    /** Crashes and comes back, from the latest checkpoint. */
    void restore(long nowMillis) throws Exception;

    /** What the lanes have said since the last call. */
    LaneLog drain();

    @Override
    void close();
}
