package io.sluice.bench;

import io.sluice.core.model.PendingRequest;

import org.openjdk.jol.info.GraphStats;
import org.openjdk.jol.vm.VM;

import java.util.List;

/**
 * Heap that one more waiting request takes.
 *
 * @param ownBytes what the lane adds: entry, place, indexes
 * @param wholeBytes that and the request itself, ids, hashes and all
 */
record Footprint(double ownBytes, double wholeBytes) {

    static {
        // Records and lambdas hide where their fields lie; this has the walk find it out by trying.
        System.setProperty("jol.magicFieldOffset", "true");
        // What it may ask the JVM is enough; no debugger need be attached.
        System.setProperty("jol.skipHotspotSAAttach", "true");
    }

    /** Of a lane at a depth, against the same lane with nobody waiting. */
    static Footprint of(Scenario scenario, int depth) {
        SteadyLane empty = new SteadyLane(scenario, 0, false);
        long before = bytes(empty.held());
        SteadyLane full = new SteadyLane(scenario, depth, false);
        long whole = bytes(full.held()) - before;
        long requests = requests(full);
        return new Footprint((double) (whole - requests) / depth, (double) whole / depth);
    }

    /** What they share, such as the name of the model, counts once and so for nothing. */
    private static long requests(SteadyLane lane) {
        PendingRequest[] waiting = lane.waiting().toArray(PendingRequest[]::new);
        return bytes(List.of((Object) waiting)) - VM.current().sizeOf(waiting);
    }

    private static long bytes(List<Object> roots) {
        return GraphStats.parseInstance(roots.toArray()).totalSize();
    }
}
