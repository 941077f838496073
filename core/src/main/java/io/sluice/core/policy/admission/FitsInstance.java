package io.sluice.core.policy.admission;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.policy.AdmissionPolicy;
import io.sluice.core.policy.LaneView;
import io.sluice.core.policy.Refusal;

import java.util.Optional;

/** Refuses what no instance of the lane can ever hold. */
public final class FitsInstance implements AdmissionPolicy {

    @Override
    public Optional<Refusal> refuse(PendingRequest request, LaneView lane) {
        long needed = request.longestTokens();
        long limit = lane.longestRunTokens();
        if (needed <= limit) {
            return Optional.empty();
        }
        String message =
                "needs %d tokens (prompt %d, output up to %d); the instance holds at most %d"
                        .formatted(needed, request.inputTokens(), request.maxTokens(), limit);
        return Optional.of(new Refusal(ReleaseReason.REJECTED_TOO_LONG, message));
    }
}
