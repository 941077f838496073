package io.sluice.jobs.io;

import io.sluice.core.model.RequestKey;
import io.sluice.jobs.flow.ControlMessage;
import io.sluice.jobs.flow.ControlMessage.Kind;
import io.sluice.jobs.state.LogPosition;
import io.sluice.schemas.avro.ControlEvent;

import org.jspecify.annotations.Nullable;

/** From an event on the control topic to what is wanted. */
final class ControlMapping implements RecordMapping<ControlEvent, ControlMessage> {

    private static final long serialVersionUID = 1L;

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
                            required(event.getPriority(), "priority", event),
                            reason);
            case DRAIN -> new ControlMessage(Kind.DRAIN, null, instance(event), 0, reason);
            case UNDRAIN -> new ControlMessage(Kind.UNDRAIN, null, instance(event), 0, reason);
            case UNKNOWN ->
                    throw new IllegalArgumentException(
                            "the kind of the control event is unknown to this version");
        };
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
