package io.sluice.jobs.io;

import io.sluice.core.catalog.Catalog;
import io.sluice.core.model.RequestKey;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.core.routing.RoutingCatalog;
import io.sluice.jobs.flow.ControlMessage;
import io.sluice.jobs.flow.ControlMessage.Kind;
import io.sluice.jobs.flow.PolicyChange;
import io.sluice.jobs.scheduling.PriorityCeilings;
import io.sluice.jobs.state.LogPosition;
import io.sluice.schemas.avro.ControlEvent;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.stream.Stream;

/** From an event on the control topic to what is wanted. */
final class ControlMapping implements RecordMapping<ControlEvent, ControlMessage> {

    private static final long serialVersionUID = 1L;

    private final PriorityCeilings ceilings;

    ControlMapping() {
        this(PriorityCeilings.NONE);
    }

    ControlMapping(PriorityCeilings ceilings) {
        this.ceilings = ceilings;
    }

    @Override
    public ControlMessage map(ControlEvent event, LogPosition position) {
        LongTexts.refuse(event);
        String given = LongTexts.explanation(event.getReason());
        String reason = given == null ? "asked for" : given;
        return switch (event.getType()) {
            case CANCEL -> new ControlMessage(Kind.CANCEL, target(event), null, 0, reason);
            case REPRIORITISE ->
                    new ControlMessage(
                            Kind.REPRIORITISE,
                            target(event),
                            null,
                            ceilings.cap(
                                    event.getFairnessId(),
                                    required(event.getPriority(), "priority", event)),
                            reason);
            case DRAIN -> new ControlMessage(Kind.DRAIN, null, instance(event), 0, reason);
            case UNDRAIN -> new ControlMessage(Kind.UNDRAIN, null, instance(event), 0, reason);
            case POLICY -> ControlMessage.policies(policies(event, reason, position));
            case OBJECTIVE -> new ControlMessage(Kind.OBJECTIVE, null, null, 0, reason);
            case UNKNOWN ->
                    throw new IllegalArgumentException(
                            "the kind of the control event is unknown to this version");
        };
    }

    private static PolicyChange policies(ControlEvent event, String reason, LogPosition position) {
        String ordering = known(event.getOrderingPolicy(), PolicyCatalog.orderings());
        String fairness = known(event.getFairnessPolicy(), PolicyCatalog.fairness());
        String admission = known(event.getAdmissionPolicy(), PolicyCatalog.admissions());
        String preemption = known(event.getPreemptionPolicy(), PolicyCatalog.preemptions());
        String batching = known(event.getBatchingPolicy(), PolicyCatalog.batchings());
        String routing = known(event.getRoutingPolicy(), RoutingCatalog.policies());
        if (Stream.of(ordering, fairness, admission, preemption, batching, routing)
                .allMatch(Objects::isNull)) {
            throw new IllegalArgumentException(
                    "POLICY needs at least one of ordering_policy, fairness_policy, admission_policy, preemption_policy, batching_policy, routing_policy");
        }
        return new PolicyChange(
                ordering, fairness, admission, preemption, batching, routing, reason, position);
    }

    /** Whether it goes with the others that are in force is not known here. */
    private static @Nullable String known(@Nullable String specification, Catalog<?> catalog) {
        if (specification != null) {
            catalog.make(specification);
        }
        return specification;
    }

    private static RequestKey target(ControlEvent event) {
        return new RequestKey(
                event.getFairnessId(), required(event.getRequestId(), "request_id", event));
    }

    private static String instance(ControlEvent event) {
        return required(event.getInstanceId(), "instance_id", event);
    }

    private static <T> T required(@Nullable T value, String field, ControlEvent event) {
        if (value == null) {
            throw new IllegalArgumentException("%s needs %s".formatted(event.getType(), field));
        }
        return value;
    }
}
