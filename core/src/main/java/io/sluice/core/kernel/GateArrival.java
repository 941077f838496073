package io.sluice.core.kernel;

import io.sluice.core.model.Dependency;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.prediction.ServiceModel;

import java.util.List;

/**
 * What a gate reads of a request.
 *
 * @param requestId id within its tenant
 * @param priority higher is more important
 * @param serviceMillis predicted milliseconds from start to last token
 * @param waitFor what comes before it, each once
 */
public record GateArrival(
        String requestId, int priority, double serviceMillis, List<Dependency> waitFor) {

    /** Merges edges to the same request. */
    public GateArrival {
        waitFor = Dependency.merged(waitFor);
    }

    /** A request as it was read. Which instance will run it is open, so its speed is assumed. */
    public static GateArrival of(PendingRequest request, List<Dependency> waitFor) {
        return new GateArrival(
                request.key().requestId(),
                request.priority(),
                ServiceModel.UNKNOWN_HARDWARE.serviceMillis(request),
                waitFor);
    }
}
