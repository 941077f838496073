package io.sluice.sim.engine;

import java.util.List;

/**
 * An engine at one moment.
 *
 * @param nanos the moment
 * @param running ids of the requests that hold a slot, in the order of admission
 * @param waiting ids of the others, head of the queue first
 * @param maxSequences slots
 * @param freeKvTokens tokens of KV memory that no request holds; what they cache may be overwritten
 * @param usableKvTokens tokens of KV memory that requests can get
 * @param totals what was done so far
 */
public record EngineSnapshot(
        long nanos,
        List<String> running,
        List<String> waiting,
        int maxSequences,
        long freeKvTokens,
        long usableKvTokens,
        EngineCounters totals) {

    /** Part of the slots that are taken, 0 to 1. */
    public double batchOccupancy() {
        return (double) running.size() / maxSequences;
    }

    /** Part of the KV memory that requests hold, 0 to 1. */
    public double kvUsage() {
        return 1 - (double) freeKvTokens / usableKvTokens;
    }
}
