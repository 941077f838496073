package io.sluice.core.policy;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.PriorityBand;
import io.sluice.core.prediction.ServiceModel;

/** What an admission rule may know of the lane it guards. */
public interface LaneView {

    /** Milliseconds since the epoch. */
    long nowMillis();

    /**
     * Longest run, prompt plus output in tokens, that some instance of the lane can hold; unbounded
     * while none is known.
     */
    long longestRunTokens();

    /** Speed of the lane's instances. */
    ServiceModel service();

    /**
     * What goes before a request that came in now. By the keys of the order: whose turn it would be
     * under a fairness policy is not foreseen.
     *
     * @param mostMillis counting may end once the request is delayed by more
     */
    WorkAhead ahead(PendingRequest request, double mostMillis);

    /** Requests of the band that wait. */
    int queuedRequests(PriorityBand band);

    /** Requests of a tenant that wait, of whatever band. */
    int queuedRequests(String tenant);

    /** Prompt plus expected output tokens of the band's waiting requests. */
    long queuedTokens(PriorityBand band);
}
