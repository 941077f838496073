package io.sluice.jobs.scheduling;

import io.sluice.core.kernel.GateSettings;
import io.sluice.core.kernel.LaneSettings;
import io.sluice.core.kernel.RouterSettings;
import io.sluice.core.policy.AdmissionPolicy;
import io.sluice.core.policy.LanePolicies;
import io.sluice.core.policy.OrderingPolicy;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.core.policy.admission.BandLimits;
import io.sluice.core.policy.admission.BandNumbers;
import io.sluice.core.policy.admission.DeadlineAhead;
import io.sluice.core.policy.admission.FitsInstance;
import io.sluice.core.routing.RoutingCatalog;
import io.sluice.core.routing.RoutingPolicy;

import java.io.Serializable;

/**
 * How the scheduler job schedules, in a form that travels with the job graph; policies are made
 * from it where they are used.
 *
 * @param ordering ordering policy, as {@link PolicyCatalog#ordering} reads it
 * @param routing routing policy, as {@link RoutingCatalog#create} reads it
 * @param rejectEarly whether a request that would miss its deadline even if it started at once is
 *     rejected
 * @param maxQueuedRequests requests that each priority band of a lane may hold, as {@link
 *     BandNumbers#parse} reads it
 * @param maxQueuedTokens tokens that each priority band of a lane may hold, read likewise
 * @param maxPasses how often a head that does not fit may be passed
 * @param leaseMillis how long after its last heartbeat a worker is dead
 * @param maxAttempts attempts that may fail before the request does
 * @param noEndpointMillis how long a request waits for an instance that would take it
 * @param dedupWindowMillis how long closed ids and dead instances are remembered
 * @param gateWaitMillis how long a request waits for one that nobody has submitted
 * @param tickMillis granularity of wake-ups
 * @param dispatchesPerEvent most dispatches decided at one event
 * @param residentLanes lanes whose order is kept in memory at once, for each subtask
 */
public record SchedulingSettings(
        String ordering,
        String routing,
        boolean rejectEarly,
        String maxQueuedRequests,
        String maxQueuedTokens,
        int maxPasses,
        long leaseMillis,
        int maxAttempts,
        long noEndpointMillis,
        long dedupWindowMillis,
        long gateWaitMillis,
        long tickMillis,
        int dispatchesPerEvent,
        int residentLanes)
        implements Serializable {

    private static final long FLEET_SETTLE_MILLIS = 2_000;
    private static final long SHORTEST_HOLD_MILLIS = 20;
    private static final long LEASE_CHECK_MILLIS = 1_000;

    /** Checks everything that can be checked before the job runs. */
    public SchedulingSettings {
        PolicyCatalog.ordering(ordering);
        RoutingCatalog.create(routing);
    }

    /** The kernel's settings of a lane. */
    public LaneSettings lane() {
        OrderingPolicy order = PolicyCatalog.ordering(ordering);
        return new LaneSettings(
                LanePolicies.of(order, admission()),
                maxPasses,
                leaseMillis,
                LEASE_CHECK_MILLIS,
                noEndpointMillis,
                dedupWindowMillis,
                dispatchesPerEvent,
                tickMillis);
    }

    private AdmissionPolicy admission() {
        return new FitsInstance()
                .and(new DeadlineAhead(rejectEarly))
                .and(BandLimits.of(maxQueuedRequests, maxQueuedTokens));
    }

    /** The kernel's settings of the router. */
    public RouterSettings router() {
        return new RouterSettings(
                maxAttempts,
                noEndpointMillis,
                dedupWindowMillis,
                FLEET_SETTLE_MILLIS,
                SHORTEST_HOLD_MILLIS);
    }

    /** The kernel's settings of the gate. */
    public GateSettings gate() {
        return GateSettings.of(gateWaitMillis, dedupWindowMillis);
    }

    /** A new routing policy object. */
    public RoutingPolicy newRoutingPolicy() {
        return RoutingCatalog.create(routing);
    }
}
