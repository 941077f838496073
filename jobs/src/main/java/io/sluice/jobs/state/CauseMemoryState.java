package io.sluice.jobs.state;

import java.util.List;

/**
 * What is remembered to tell causes.
 *
 * @param slots facts of the last slots
 * @param lives the newest sign of life of each instance
 * @param causes the causes, those that are over not long ago included
 */
public record CauseMemoryState(List<SlotFacts> slots, List<Life> lives, List<CauseState> causes) {

    /**
     * The newest sign of life of an instance.
     *
     * @param instance the instance
     * @param heartbeatMillis when its newest heartbeat was appended
     * @param incarnation incarnation of its worker
     * @param draining whether it takes no new work
     */
    public record Life(String instance, long heartbeatMillis, long incarnation, boolean draining) {}
}
