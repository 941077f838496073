package io.sluice.sim.protocol;

import io.sluice.core.kernel.GateSettings;
import io.sluice.core.kernel.LaneSettings;
import io.sluice.core.kernel.RouterSettings;
import io.sluice.core.model.PriorityBand;
import io.sluice.core.policy.AdmissionPolicy;
import io.sluice.core.policy.BatchFormation;
import io.sluice.core.policy.LanePolicies;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.core.policy.admission.BandLimits;
import io.sluice.core.policy.admission.DeadlineAhead;
import io.sluice.core.policy.admission.FitsInstance;
import io.sluice.core.policy.preemption.AlwaysPreempt;
import io.sluice.sim.worker.WorkerSettings;

import java.util.EnumMap;
import java.util.Map;

/** Sizes and times of the simulated system: small enough that everything meets everything. */
final class Setup {

    static final int ROUTERS = 2;
    static final int LANE_TASKS = 2;
    static final long LEASE_MILLIS = 5_000;
    static final long FORGET_MILLIS = 4_000;
    static final long TICK_MILLIS = 1_000;
    static final long DEDUP_WINDOW_MILLIS = 3_600_000;

    static final long GATE_WAIT_MILLIS = 1_000;
    private static final int MOST_WAITING = 2;
    private static final double GROUP_WAIT_MILLIS = 150;

    private static final LanePolicies POLICIES =
            LanePolicies.of(
                    PolicyCatalog.ordering("priority"),
                    new FitsInstance().and(new DeadlineAhead(false)).and(shortQueue()));
    private static final LaneSettings LANE = lane(POLICIES);
    private static final LaneSettings INTERRUPTING = lane(POLICIES.with(new AlwaysPreempt()));
    private static final LaneSettings GROUPS =
            lane(
                    LanePolicies.of(PolicyCatalog.ordering("moore-hodgson"), POLICIES.admission())
                            .with(new BatchFormation.Closed(0, 0, GROUP_WAIT_MILLIS)));

    private Setup() {}

    private static LaneSettings lane(LanePolicies policies) {
        return new LaneSettings(
                policies,
                LaneSettings.DEFAULT_MAX_PASSES,
                LEASE_MILLIS,
                500,
                8_000,
                FORGET_MILLIS,
                2,
                10);
    }

    /** A limit that is reached, so that what is rejected depends on what else is there. */
    private static AdmissionPolicy shortQueue() {
        Map<PriorityBand, BandLimits.Limit> limits = new EnumMap<>(PriorityBand.class);
        for (PriorityBand band : PriorityBand.values()) {
            limits.put(band, new BandLimits.Limit(MOST_WAITING, Long.MAX_VALUE));
        }
        return new BandLimits(limits);
    }

    /** Lanes that send by a rule. */
    static LaneSettings lane(LaneRule rule) {
        return switch (rule) {
            case IN_ORDER -> LANE;
            case INTERRUPTING -> INTERRUPTING;
            case GROUPS -> GROUPS;
        };
    }

    static RouterSettings router(boolean remembersClosed) {
        return new RouterSettings(3, 10_000, remembersClosed ? DEDUP_WINDOW_MILLIS : 1, 200, 100);
    }

    static GateSettings gate() {
        return GateSettings.of(GATE_WAIT_MILLIS, DEDUP_WINDOW_MILLIS);
    }

    static WorkerSettings worker(boolean fencesItself) {
        return new WorkerSettings(
                1_000, fencesItself ? LEASE_MILLIS : 1_000_000, 2 * DEDUP_WINDOW_MILLIS);
    }
}
