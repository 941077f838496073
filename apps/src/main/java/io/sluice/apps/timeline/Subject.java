package io.sluice.apps.timeline;

import io.sluice.core.model.RequestKey;
import io.sluice.schemas.avro.ControlEvent;
import io.sluice.schemas.avro.Decision;
import io.sluice.schemas.avro.DispatchCommand;
import io.sluice.schemas.avro.HandBack;
import io.sluice.schemas.avro.InferenceRequest;
import io.sluice.schemas.avro.RequestOutcome;
import io.sluice.schemas.avro.WorkerEvent;

import org.apache.avro.specific.SpecificRecord;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/** Which request a record is about. */
final class Subject {

    private Subject() {}

    /** The request, or empty if it is about none, or about one that no scheduler would take. */
    static Optional<RequestKey> of(SpecificRecord record) {
        if (record instanceof InferenceRequest request) {
            return key(request.getFairnessId(), request.getRequestId());
        }
        if (record instanceof Decision decision) {
            return key(decision.getFairnessId(), decision.getRequestId());
        }
        if (record instanceof DispatchCommand command) {
            return key(command.getFairnessId(), command.getRequestId());
        }
        if (record instanceof WorkerEvent event) {
            return key(event.getFairnessId(), event.getRequestId());
        }
        if (record instanceof HandBack handBack) {
            return key(handBack.getFairnessId(), handBack.getRequestId());
        }
        if (record instanceof RequestOutcome outcome) {
            return key(outcome.getFairnessId(), outcome.getRequestId());
        }
        return record instanceof ControlEvent order
                ? key(order.getFairnessId(), order.getRequestId())
                : Optional.empty();
    }

    private static Optional<RequestKey> key(@Nullable String tenant, @Nullable String requestId) {
        return tenant == null || requestId == null || tenant.isBlank() || requestId.isBlank()
                ? Optional.empty()
                : Optional.of(new RequestKey(tenant, requestId));
    }
}
