package io.sluice.apps.page.live;

import io.sluice.core.model.Passengers;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.PriorityBand;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.SloTarget;
import io.sluice.core.policy.SortKey;
import io.sluice.schemas.avro.Decision;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A request that waits, as far as decisions tell.
 *
 * @param key which
 * @param lane the lane it waits in; empty while the router keeps it
 * @param attempt attempt for which it was put there
 * @param epoch of the job that put it there
 * @param priority its priority
 * @param assignedMillis when it was put there
 * @param submittedMillis when it was submitted
 * @param serviceMillis predicted length of its run; 0 if that was not told
 * @param assignedStartMillis when the router predicted its run to start; null if it did not
 * @param why why the router keeps it; null if it does not
 * @param place its place among those that wait with it
 */
record WaitingRequest(
        RequestKey key,
        String lane,
        int attempt,
        long epoch,
        int priority,
        long assignedMillis,
        long submittedMillis,
        double serviceMillis,
        @Nullable Long assignedStartMillis,
        @Nullable String why,
        SortKey place) {

    /** As a decision puts it somewhere, in the order of submission. */
    static WaitingRequest of(RequestKey key, String lane, Decision decision) {
        Long waited = decision.getQueueWaitMs();
        long decided = decision.getDecidedAt().toEpochMilli();
        long submitted = decided - (waited == null ? 0 : waited);
        Double service = decision.getPredictedServiceMs();
        Instant start = decision.getPredictedStartAt();
        return new WaitingRequest(
                key,
                lane,
                decision.getAttempt(),
                decision.getEpoch(),
                decision.getPriority(),
                decided,
                submitted,
                service == null ? 0 : service,
                start == null ? null : (Long) start.toEpochMilli(),
                lane.isEmpty() ? decision.getReason() : null,
                new SortKey(0, 0, submitted, key));
    }

    WaitingRequest at(SortKey other) {
        return new WaitingRequest(
                key,
                lane,
                attempt,
                epoch,
                priority,
                assignedMillis,
                submittedMillis,
                serviceMillis,
                assignedStartMillis,
                why,
                other);
    }

    /**
     * Whether a lane's decision is about an earlier attempt: router and lanes write apart, so that
     * a release may be read after the assignment that followed it.
     */
    boolean isAfter(Decision decision) {
        return decision.getAttempt() < attempt && decision.getEpoch() <= epoch;
    }

    PriorityBand band() {
        return PriorityBand.of(priority);
    }

    boolean concerns(Selection selection) {
        return selection.isTenant(key.tenant()) && selection.isBand(band().label());
    }

    /** As an order sees it that goes by class, submission and predicted service alone. */
    PendingRequest pending() {
        return new PendingRequest(
                key,
                "",
                priority,
                submittedMillis,
                PendingRequest.NEVER,
                PendingRequest.NEVER,
                0,
                0,
                (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.round(serviceMillis))),
                SloTarget.NONE,
                null,
                null,
                Passengers.createdAt(submittedMillis));
    }
}
