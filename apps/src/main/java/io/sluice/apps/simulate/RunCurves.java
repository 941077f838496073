package io.sluice.apps.simulate;

import io.sluice.sim.fleet.RequestResult;
import io.sluice.sim.fleet.RunListener;
import io.sluice.sim.result.LoadCurve;
import io.sluice.sim.result.Samples;

import java.util.SortedMap;
import java.util.TreeMap;

/** What charts show of a run. Memory does not grow with the run. */
final class RunCurves implements RunListener {

    private final SortedMap<Integer, Samples> latency = new TreeMap<>();
    private final LoadCurve waiting = new LoadCurve();
    private final LoadCurve running = new LoadCurve();

    @Override
    public void ended(RequestResult result) {
        boolean dispatched = result.dispatchedNanos() != RequestResult.NOT;
        long arrival = result.request().arrivalNanos();
        waiting.add(arrival, dispatched ? result.dispatchedNanos() : result.endedNanos());
        if (dispatched) {
            running.add(result.dispatchedNanos(), result.endedNanos());
        }
        if (result.isCompleted()) {
            latency.computeIfAbsent(result.request().trueRank(), rank -> new Samples())
                    .add(result.latencySeconds());
        }
    }

    /** Arrival to last token of completed requests by class, in seconds. */
    SortedMap<Integer, Samples> latency() {
        return latency;
    }

    /** Requests that have arrived and were not yet sent to an instance. */
    LoadCurve waiting() {
        return waiting;
    }

    /** Requests that are at an instance, interrupted ones included. */
    LoadCurve running() {
        return running;
    }
}
