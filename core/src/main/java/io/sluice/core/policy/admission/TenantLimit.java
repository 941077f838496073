package io.sluice.core.policy.admission;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.policy.AdmissionPolicy;
import io.sluice.core.policy.LaneView;
import io.sluice.core.policy.Refusal;

import java.util.Optional;

/**
 * Limits how many requests of one tenant may wait in a lane, so that a flood of one leaves room for
 * the others.
 *
 * @param maxRequests waiting requests of each tenant
 */
public record TenantLimit(int maxRequests) implements AdmissionPolicy {

    /** Rejects a negative limit. */
    public TenantLimit {
        if (maxRequests < 0) {
            throw new IllegalArgumentException(
                    "the limit of a tenant must not be negative, got " + maxRequests);
        }
    }

    @Override
    public Optional<Refusal> refuse(PendingRequest request, LaneView lane) {
        String tenant = request.key().tenant();
        int requests = lane.queuedRequests(tenant);
        if (requests < maxRequests) {
            return Optional.empty();
        }
        return Optional.of(
                new Refusal(
                        ReleaseReason.REJECTED_CAPACITY,
                        "tenant %s already holds %d of at most %d requests"
                                .formatted(tenant, requests, maxRequests)));
    }
}
