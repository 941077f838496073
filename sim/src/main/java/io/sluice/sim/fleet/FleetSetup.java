package io.sluice.sim.fleet;

import io.sluice.core.kernel.LaneSettings;
import io.sluice.core.policy.LanePolicies;
import io.sluice.sim.engine.EngineProfile;
import io.sluice.sim.engine.KvRetention;

import java.util.List;

/**
 * A fleet and how it is scheduled.
 *
 * @param instances what each instance is like; they are named by their place
 * @param policies of every lane
 * @param routing name of the routing policy
 * @param retention what becomes of the memory of an interrupted run, where policies interrupt
 */
public record FleetSetup(
        List<EngineProfile> instances,
        LanePolicies policies,
        String routing,
        KvRetention retention) {

    /**
     * Far beyond any simulation, and far from overflow: nobody dies here, so nobody need be
     * watched.
     */
    static final long NEVER_MILLIS = 1L << 50;

    /** Refuses an empty fleet. */
    public FleetSetup {
        instances = List.copyOf(instances);
        if (instances.isEmpty()) {
            throw new IllegalArgumentException("a fleet needs at least one instance");
        }
    }

    /** Whether lanes interrupt runs, so that they and not the engines decide who is in a batch. */
    boolean interruptsRuns() {
        return policies.preemption().interruptsRuns();
    }

    LaneSettings laneSettings() {
        return new LaneSettings(
                policies,
                LaneSettings.DEFAULT_MAX_PASSES,
                NEVER_MILLIS,
                NEVER_MILLIS,
                NEVER_MILLIS,
                NEVER_MILLIS,
                Integer.MAX_VALUE,
                1);
    }

    static boolean isNever(long millis) {
        return millis >= NEVER_MILLIS / 2;
    }
}
