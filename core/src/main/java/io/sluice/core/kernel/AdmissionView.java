package io.sluice.core.kernel;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.PriorityBand;
import io.sluice.core.policy.LaneView;
import io.sluice.core.policy.OrderingPolicy;
import io.sluice.core.policy.Standing;
import io.sluice.core.policy.WorkAhead;
import io.sluice.core.prediction.ServiceModel;

/** A lane as its admission rules see it. */
record AdmissionView(Lane lane, OrderingPolicy ordering, long nowMillis) implements LaneView {

    @Override
    public long longestRunTokens() {
        return lane.links().longestRunTokens();
    }

    @Override
    public ServiceModel service() {
        return lane.service();
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
    public long queuedTokens(PriorityBand band) {
        return lane.queue().tokens(band);
    }
}
