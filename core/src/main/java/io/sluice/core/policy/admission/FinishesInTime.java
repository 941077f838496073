package io.sluice.core.policy.admission;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.policy.AdmissionPolicy;
import io.sluice.core.policy.LaneView;
import io.sluice.core.policy.Refusal;
import io.sluice.core.policy.WorkAhead;
import io.sluice.core.prediction.SafetyMargin;

import java.util.Optional;

/**
 * Refuses a request that would probably miss its deadline, by what it needs itself and what goes
 * before it: who learns of that at once can still go elsewhere, and nothing is computed for nobody.
 * Those that are let in are not looked at again; one that others overtake leaves the queue at its
 * deadline.
 */
public final class FinishesInTime implements AdmissionPolicy {

    /** Error code of a request that is refused before its deadline. */
    public static final String CODE = "deadline-unreachable";

    private final SafetyMargin margin;

    /**
     * Creates the rule.
     *
     * @param margin how sure it must be that the deadline is met
     */
    public FinishesInTime(SafetyMargin margin) {
        this.margin = margin;
    }

    @Override
    public Optional<Refusal> refuse(PendingRequest request, LaneView lane) {
        if (request.deadlineMillis() == PendingRequest.NEVER) {
            return Optional.empty();
        }
        double left = (double) request.deadlineMillis() - lane.nowMillis();
        double own = lane.service().serviceMillis(request);
        WorkAhead ahead = lane.ahead(request, left);
        double share = ahead.shareBefore();
        double needed =
                margin.longest(
                        own + share * ahead.millis(),
                        own * own + share * share * ahead.squaredMillis());
        if (needed <= left) {
            return Optional.empty();
        }
        String message =
                "may take %.0f ms (its service %.0f ms, the wait for %d others %.0f ms, as predicted); its deadline is in %.0f ms"
                        .formatted(needed, own, ahead.requests(), share * ahead.millis(), left);
        return Optional.of(new Refusal(ReleaseReason.REJECTED_DEADLINE, CODE, message));
    }
}
