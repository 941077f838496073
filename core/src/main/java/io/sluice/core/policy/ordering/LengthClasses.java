package io.sluice.core.policy.ordering;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.policy.OrderingPolicy;
import io.sluice.core.policy.SortKey;
import io.sluice.core.policy.Standing;
import io.sluice.core.prediction.ServiceModel;

/**
 * Classes of predicted output length, the shortest first; within a class the earliest submission.
 * What a predictor that only classifies can do (a baseline of arXiv 2408.15792).
 */
public final class LengthClasses implements OrderingPolicy {

    private final int buckets;
    private final int widthTokens;

    /**
     * Creates the order.
     *
     * @param buckets how many classes there are; the last has no end
     * @param widthTokens how many lengths fall into one
     */
    public LengthClasses(int buckets, int widthTokens) {
        if (buckets < 1 || widthTokens < 1) {
            throw new IllegalArgumentException(
                    "buckets and width must be at least 1, got %d and %d"
                            .formatted(buckets, widthTokens));
        }
        this.buckets = buckets;
        this.widthTokens = widthTokens;
    }

    @Override
    public String name() {
        return "classification";
    }

    @Override
    public SortKey keyOf(PendingRequest request, ServiceModel service) {
        return new SortKey(bucket(request), 0, request.submittedAtMillis(), request.key());
    }

    @Override
    public String describe(Standing standing) {
        return "length class %d of %d".formatted(bucket(standing.request()) + 1, buckets);
    }

    @Override
    public double urgency(PendingRequest request, ServiceModel service) {
        return (double) bucket(request) / buckets;
    }

    private int bucket(PendingRequest request) {
        return Math.min(buckets - 1, request.expectedOutputTokens() / widthTokens);
    }
}
