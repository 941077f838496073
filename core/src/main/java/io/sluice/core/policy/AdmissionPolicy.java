package io.sluice.core.policy;

import io.sluice.core.model.PendingRequest;

import java.util.Optional;

/**
 * Decides whether a lane takes a request at all. Immutable; the first refusal of a chain counts.
 */
@FunctionalInterface
public interface AdmissionPolicy {

    /** Returns why the request is refused, or empty to let it in. */
    Optional<Refusal> refuse(PendingRequest request, LaneView lane);

    /** This rule, then the other. */
    default AdmissionPolicy and(AdmissionPolicy other) {
        return (request, lane) -> refuse(request, lane).or(() -> other.refuse(request, lane));
    }
}
