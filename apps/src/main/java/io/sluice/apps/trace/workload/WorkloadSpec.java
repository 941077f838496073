package io.sluice.apps.trace.workload;

import io.sluice.apps.trace.arrival.ArrivalSpec;
import io.sluice.apps.trace.shape.Shaping;

import java.util.OptionalDouble;

/**
 * What to replay and how.
 *
 * @param trace which requests
 * @param arrivals where their times come from
 * @param requestsPerSecond mean rate in the trace's own time; empty keeps what is recorded, or the
 *     default where nothing is
 * @param shaping priorities, targets and limits; its speedup also divides the arrival gaps, and its
 *     seed is that of the generator and of drawn arrivals
 */
public record WorkloadSpec(
        TraceChoice trace,
        ArrivalSpec arrivals,
        OptionalDouble requestsPerSecond,
        Shaping shaping) {

    /** A trace in its own rhythm. */
    public static WorkloadSpec of(TraceChoice trace, Shaping shaping) {
        return new WorkloadSpec(trace, new ArrivalSpec.Auto(), OptionalDouble.empty(), shaping);
    }
}
