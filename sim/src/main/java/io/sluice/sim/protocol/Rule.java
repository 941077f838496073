package io.sluice.sim.protocol;

import io.sluice.sim.protocol.Violation.Promise;

/**
 * The parts of the protocol's rules that can be switched off, to show what each is for. The number
 * of a rule is its number in the design page.
 */
public enum Rule {
    /** Ids are scoped per tenant. */
    TENANT_SCOPED_IDS(1, Promise.THE_LAW),
    /** A worker tells a repeated command by its dispatch id. */
    DISPATCH_IDS(1, Promise.NO_WASTED_WORK),
    /** A lane releases what it wants closed; only the router closes. */
    ROUTER_CLOSES(2, Promise.THE_LAW),
    /** A verdict on a submission counts only after deduplication. */
    VERDICT_AFTER_DEDUPLICATION(2, Promise.THE_LAW),
    /** Closed ids are remembered for the dedup window. */
    DEDUP_WINDOW(3, Promise.THE_LAW),
    /** Outcomes are written in transactions that a checkpoint commits. */
    TRANSACTIONS(4, Promise.THE_LAW),
    /** What was settled since the checkpoint before the restored one is written again. */
    WRITTEN_AGAIN(4, Promise.THE_LAW),
    /** A release counts only if it names the router's own record. */
    RELEASE_MATCHES(5, Promise.NO_WASTED_WORK),
    /** A release of an earlier epoch goes back to its lane. */
    RELEASE_RECHECKED(5, Promise.NO_WASTED_WORK),
    /** A restored lane looks at expiry before it dispatches. */
    EXPIRY_FIRST(6, Promise.NO_WASTED_WORK),
    /** After a failed send nothing later goes out first. */
    ORDERED_LOG(7, Promise.NO_WASTED_WORK),
    /** The ledger survives the worker's process. */
    DURABLE_LEDGER(7, Promise.NO_WASTED_WORK),
    /** A worker reports the end of every accepted run before it registers. */
    ENDS_BEFORE_REGISTERING(7, Promise.THE_LAW),
    /** A worker ignores commands meant for another incarnation. */
    OWN_INCARNATION(7, Promise.NO_WASTED_WORK),
    /** The number of an incarnation exceeds that of every life, also of those that were lost. */
    CLOCKED_INCARNATION(7, Promise.THE_LAW),
    /** A worker refuses commands of an earlier epoch. */
    EPOCH_REFUSAL(8, Promise.NO_WASTED_WORK),
    /** The epoch exceeds that of every attempt, not just of the restored one. */
    GROWING_EPOCH(8, Promise.NO_WASTED_WORK),
    /** Ticks travel on the keyed edge of the events, which nothing overtakes. */
    IN_BAND_TICK(8, Promise.NO_WASTED_WORK),
    /** A restored lane dispatches nothing until its worker has said what it holds. */
    LANE_HOLD(9, Promise.NO_WASTED_WORK),
    /** A restored router assigns nothing until the fleet has said what it holds. */
    ROUTER_HOLD(9, Promise.NO_WASTED_WORK),
    /** A restored router acts on what the gate concluded only once the fleet has said that. */
    VERDICT_HOLD(9, Promise.NO_WASTED_WORK),
    /** Leases are counted in the time of the log. */
    LOG_TIME_LEASE(10, Promise.THE_LAW),
    /** A worker that nobody hears stops by itself. */
    SELF_FENCING(10, Promise.NO_WASTED_WORK),
    /** What waits for others is held until the gate lets it through. */
    WORKFLOW_ORDER(11, Promise.NO_WASTED_WORK);

    private final int number;
    private final Promise promise;

    Rule(int number, Promise promise) {
        this.number = number;
        this.promise = promise;
    }

    /** Its name as commands and files have it, such as {@code lane-hold}. */
    public String title() {
        return ScenarioLine.written(this);
    }

    /**
     * The rule of a title.
     *
     * @throws IllegalArgumentException naming the choices
     */
    public static Rule titled(String title) {
        return ScenarioLine.oneOf(Rule.class).apply(title);
    }

    /** The rule's number in the design page. */
    public int number() {
        return number;
    }

    /** The strongest promise that is broken without it. */
    public Promise promise() {
        return promise;
    }
}
