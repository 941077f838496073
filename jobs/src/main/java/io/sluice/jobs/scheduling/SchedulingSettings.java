package io.sluice.jobs.scheduling;

import io.sluice.core.kernel.GateSettings;
import io.sluice.core.kernel.LaneSettings;
import io.sluice.core.kernel.RouterSettings;
import io.sluice.core.policy.PolicyChoice;

import java.io.Serializable;

/**
 * How the scheduler job schedules, in a form that travels with the job graph; policies are made
 * from it where they are used.
 *
 * @param policies the policies of router and lanes, until the control topic says otherwise
 * @param maxPasses how often a head that does not fit may be passed
 * @param leaseMillis how long after its last heartbeat a worker is dead
 * @param maxAttempts attempts that may fail before the request does
 * @param noEndpointMillis how long a request waits for an instance that would take it
 * @param dedupWindowMillis how long closed ids and dead instances are remembered
 * @param gateWaitMillis how long a request waits for one that nobody has submitted
 * @param tickMillis granularity of wake-ups
 * @param dispatchesPerEvent most dispatches decided at one event
 * @param residentLanes lanes whose order is kept in memory at once, for each subtask
 * @param decisionShare share of the requests about which all decisions are told, from 0 to 1
 * @param ceilings how high the priority of a tenant's requests may be
 */
public record SchedulingSettings(
        PolicyChoice policies,
        int maxPasses,
        long leaseMillis,
        int maxAttempts,
        long noEndpointMillis,
        long dedupWindowMillis,
        long gateWaitMillis,
        long tickMillis,
        int dispatchesPerEvent,
        int residentLanes,
        double decisionShare,
        PriorityCeilings ceilings)
        implements Serializable {

    private static final long FLEET_SETTLE_MILLIS = 2_000;
    private static final long SHORTEST_HOLD_MILLIS = 20;
    private static final long LEASE_CHECK_MILLIS = 1_000;

    /** More than anybody reads, fewer than make a record large. */
    private static final int LISTED_CANDIDATES = 8;

    /** Settings without ceilings. */
    public SchedulingSettings(
            PolicyChoice policies,
            int maxPasses,
            long leaseMillis,
            int maxAttempts,
            long noEndpointMillis,
            long dedupWindowMillis,
            long gateWaitMillis,
            long tickMillis,
            int dispatchesPerEvent,
            int residentLanes,
            double decisionShare) {
        this(
                policies,
                maxPasses,
                leaseMillis,
                maxAttempts,
                noEndpointMillis,
                dedupWindowMillis,
                gateWaitMillis,
                tickMillis,
                dispatchesPerEvent,
                residentLanes,
                decisionShare,
                PriorityCeilings.NONE);
    }

    /** The kernel's settings of a lane, under the policies of these settings. */
    public LaneSettings lane() {
        return new LaneSettings(
                policies.lane(),
                maxPasses,
                leaseMillis,
                LEASE_CHECK_MILLIS,
                noEndpointMillis,
                dedupWindowMillis,
                dispatchesPerEvent,
                tickMillis);
    }

    /** The kernel's settings of the router. */
    public RouterSettings router() {
        return new RouterSettings(
                maxAttempts,
                noEndpointMillis,
                dedupWindowMillis,
                FLEET_SETTLE_MILLIS,
                SHORTEST_HOLD_MILLIS,
                decisionShare > 0 ? LISTED_CANDIDATES : 0);
    }

    /** Which decisions are told. */
    DecisionSampling decisionSampling() {
        return new DecisionSampling(decisionShare);
    }

    /** The kernel's settings of the gate. */
    public GateSettings gate() {
        return GateSettings.of(gateWaitMillis, dedupWindowMillis);
    }
}
