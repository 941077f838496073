package io.sluice.core.policy;

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

    /** Requests of the band that wait. */
    int queuedRequests(PriorityBand band);

    /** Prompt plus expected output tokens of the band's waiting requests. */
    long queuedTokens(PriorityBand band);
}
