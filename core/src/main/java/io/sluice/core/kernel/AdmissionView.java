package io.sluice.core.kernel;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.PriorityBand;
import io.sluice.core.policy.LaneView;
import io.sluice.core.policy.OrderingPolicy;
import io.sluice.core.policy.Refusal;
import io.sluice.core.policy.Standing;
import io.sluice.core.policy.WorkAhead;
import io.sluice.core.prediction.ServiceModel;

import org.jspecify.annotations.Nullable;

/** A lane as its admission rules see it. */
record AdmissionView(Lane lane, OrderingPolicy ordering, long nowMillis) implements LaneView {

    /** Why a request is not let in; null if it is. What was interrupted here was let in before. */
    static @Nullable Refusal refusal(
            Lane lane, LaneSettings settings, PendingRequest request, long nowMillis) {
        if (request.progress().wasInterrupted()) {
            return null;
        }
        AdmissionView view = new AdmissionView(lane, settings.ordering(), nowMillis);
        return settings.admission().refuse(request, view).orElse(null);
    }

    @Override
    public long longestRunTokens() {
        return lane.links().longestRunTokens();
    }

    @Override
    public ServiceModel service() {
        return lane.entries().service();
    }

    @Override
    public WorkAhead ahead(PendingRequest request, double mostMillis) {
        Standing standing = Standing.waiting(request, nowMillis, service());
        return new LaneForecast(lane, nowMillis).before(ordering.keyOf(standing), mostMillis);
    }

    @Override
    public int queuedRequests(PriorityBand band) {
        return lane.queue().requests(band);
    }

    @Override
    public int queuedRequests(String tenant) {
        return lane.queue().requests(tenant);
    }

    @Override
    public long queuedTokens(PriorityBand band) {
        return lane.queue().tokens(band);
    }
}
