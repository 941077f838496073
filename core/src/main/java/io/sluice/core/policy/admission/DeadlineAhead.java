package io.sluice.core.policy.admission;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.policy.AdmissionPolicy;
import io.sluice.core.policy.LaneView;
import io.sluice.core.policy.Refusal;

import java.util.Optional;

/**
 * Refuses a request whose deadline has passed; optionally also one that would miss it even if it
 * started at once.
 */
public final class DeadlineAhead implements AdmissionPolicy {

    private final boolean rejectEarly;

    /**
     * Creates the rule.
     *
     * @param rejectEarly whether the predicted service time counts against the deadline
     */
    public DeadlineAhead(boolean rejectEarly) {
        this.rejectEarly = rejectEarly;
    }

    @Override
    public Optional<Refusal> refuse(PendingRequest request, LaneView lane) {
        if (request.deadlineMillis() == PendingRequest.NEVER) {
            return Optional.empty();
        }
        double service = rejectEarly ? lane.service().serviceMillis(request) : 0;
        double left = (double) request.deadlineMillis() - lane.nowMillis();
        if (left > service) {
            return Optional.empty();
        }
        String message =
                left <= 0
                        ? "deadline passed %d ms before admission"
                                .formatted(lane.nowMillis() - request.deadlineMillis())
                        : "predicted service of %.0f ms exceeds the %.0f ms to its deadline"
                                .formatted(service, left);
        return Optional.of(new Refusal(ReleaseReason.REJECTED_DEADLINE, message));
    }
}
