package io.sluice.sim.workload;

import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Gaps of a process of changing rate, by a change of time: gaps of rate one are walked through the
 * integral of the rate. Exact, and one draw for each arrival.
 */
final class CycleGaps implements DoubleSupplier {

    private final List<ArrivalShape.Phase> phases;
    private final DoubleSupplier unitGaps;
    private int current;
    private double secondsInPhase;

    CycleGaps(List<ArrivalShape.Phase> phases, DoubleSupplier unitGaps) {
        this.phases = phases;
        this.unitGaps = unitGaps;
    }

    @Override
    public double getAsDouble() {
        double wanted = unitGaps.getAsDouble();
        double gap = 0;
        ArrivalShape.Phase phase = phases.get(current);
        double left = phase.seconds() - secondsInPhase;
        while (wanted > left * phase.requestsPerSecond()) {
            wanted -= left * phase.requestsPerSecond();
            gap += left;
            current = (current + 1) % phases.size();
            phase = phases.get(current);
            secondsInPhase = 0;
            left = phase.seconds();
        }
        double rest = wanted / phase.requestsPerSecond();
        secondsInPhase += rest;
        return gap + rest;
    }
}
