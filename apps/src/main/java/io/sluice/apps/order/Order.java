package io.sluice.apps.order;

import io.sluice.core.slo.SloObjective;
import io.sluice.schemas.RecordLimits;
import io.sluice.schemas.TrustedRecords;
import io.sluice.schemas.avro.ControlEvent;
import io.sluice.schemas.avro.ControlType;
import io.sluice.wire.Objectives;

/**
 * An order to the running jobs.
 *
 * @param key what it is about: all orders with one key have one order
 * @param event what is written
 */
public record Order(String key, ControlEvent event) {

    static {
        // Records are built here before any codec is asked for.
        TrustedRecords.register();
    }

    /** Whose requests are those of clients that name no tenant. */
    public static final String DEFAULT_TENANT = "default";

    /** Of every change of policies, so that all lie in one partition. */
    private static final String POLICIES = "policy";

    /** The same for objectives. */
    private static final String OBJECTIVES = "objective";

    /**
     * An instance takes no more work, and what waits for it goes elsewhere.
     *
     * @throws WrongOrder if no instance can have that id
     */
    public static Order drain(String instanceId, Issue issue) {
        return ofInstance(ControlType.DRAIN, instanceId, issue);
    }

    /**
     * An instance takes work again.
     *
     * @throws WrongOrder if no instance can have that id
     */
    public static Order undrain(String instanceId, Issue issue) {
        return ofInstance(ControlType.UNDRAIN, instanceId, issue);
    }

    private static Order ofInstance(ControlType type, String instanceId, Issue issue) {
        String id = id("instance", instanceId);
        return new Order(id, begin(type, issue).setInstanceId(id).build());
    }

    /**
     * A request ends, whatever its state.
     *
     * @param tenant whose it is; blank for the default tenant
     * @throws WrongOrder if no request can have that id, or no tenant that name
     */
    public static Order cancel(String tenant, String requestId, Issue issue) {
        String id = id("request", requestId);
        String whose = tenant.isBlank() ? DEFAULT_TENANT : id("tenant", tenant);
        return new Order(
                id, begin(ControlType.CANCEL, issue).setFairnessId(whose).setRequestId(id).build());
    }

    /**
     * Router and lanes decide by other policies.
     *
     * @throws WrongOrder if none is named
     */
    public static Order policies(PolicyNames names, Issue issue) {
        if (names.isEmpty()) {
            throw new WrongOrder("policies", "at least one is needed");
        }
        ControlEvent event =
                begin(ControlType.POLICY, issue)
                        .setOrderingPolicy(names.ordering())
                        .setFairnessPolicy(names.fairness())
                        .setAdmissionPolicy(names.admission())
                        .setPreemptionPolicy(names.preemption())
                        .setBatchingPolicy(names.batching())
                        .setRoutingPolicy(names.routing())
                        .build();
        return new Order(POLICIES, event);
    }

    /** An objective is set, in place of the one with its id if there is one. */
    public static Order objective(SloObjective objective, Issue issue) {
        return new Order(
                OBJECTIVES,
                begin(ControlType.OBJECTIVE, issue)
                        .setObjective(Objectives.write(objective))
                        .build());
    }

    /** An objective is removed. */
    public static Order removeObjective(String id, Issue issue) {
        return new Order(
                OBJECTIVES, begin(ControlType.OBJECTIVE, issue).setRemoveObjective(id).build());
    }

    private static ControlEvent.Builder begin(ControlType type, Issue issue) {
        return ControlEvent.newBuilder()
                .setType(type)
                .setFairnessId("")
                .setReason(issue.reason())
                .setIssuedAt(issue.at())
                .setIssuedBy(issue.by());
    }

    private static String id(String field, String value) {
        if (value.isBlank()) {
            throw new WrongOrder(field, "is blank");
        }
        if (!RecordLimits.fits(value, RecordLimits.ID_BYTES)) {
            throw new WrongOrder(
                    field,
                    "has %d bytes, may have %d"
                            .formatted(RecordLimits.bytes(value), RecordLimits.ID_BYTES));
        }
        return value;
    }
}
