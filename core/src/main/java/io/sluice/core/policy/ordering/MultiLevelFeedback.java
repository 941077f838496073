package io.sluice.core.policy.ordering;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.policy.OrderingPolicy;
import io.sluice.core.policy.SortKey;
import io.sluice.core.policy.Standing;
import io.sluice.core.prediction.ServiceModel;

/**
 * Multi-level feedback queue: needs no prediction. A request starts on level 0 and sinks a level
 * when it has received that level's share of service, which grows from level to level; within a
 * level the earliest submission goes first. Service is the time of the output tokens made. A
 * request that has waited for long is back on level 0 until it has run through that level's share.
 */
public final class MultiLevelFeedback implements OrderingPolicy {

    /** More would be as many queues with one request in each. */
    private static final int MOST_LEVELS = 100;

    private final double[] shares;
    private final Promotion promotion;

    /**
     * Creates the order.
     *
     * @param baseMillis share of service of level 0
     * @param growth how many times as large the share of each further level is; at least 1
     * @param levels levels, from 2 to 100; the last has no end
     * @param starvationMillis wait after which a request is back on level 0; infinite for never
     */
    public MultiLevelFeedback(
            double baseMillis, double growth, int levels, double starvationMillis) {
        if (!(baseMillis > 0) || !(starvationMillis > 0)) {
            throw new IllegalArgumentException(
                    "base and starvation must be above 0, got %s ms and %s ms"
                            .formatted(baseMillis, starvationMillis));
        }
        if (!(growth >= 1) || levels < 2 || levels > MOST_LEVELS) {
            throw new IllegalArgumentException(
                    "growth must be at least 1 and levels from 2 to %d, got %s and %d"
                            .formatted(MOST_LEVELS, growth, levels));
        }
        this.shares = new double[levels];
        double share = baseMillis;
        double sum = 0;
        for (int level = 0; level < levels; level++) {
            sum += share;
            shares[level] = sum;
            share *= growth;
        }
        this.promotion = new Promotion(starvationMillis, baseMillis);
    }

    @Override
    public String name() {
        return "mlfq";
    }

    @Override
    public Interruptions interruptions() {
        return Interruptions.NEEDED;
    }

    @Override
    public SortKey keyOf(PendingRequest request, ServiceModel service) {
        return keyOf(request, level(request, service));
    }

    @Override
    public SortKey keyOf(Standing standing) {
        int level = promotion.holds(standing) ? 0 : level(standing.request(), standing.service());
        return keyOf(standing.request(), level);
    }

    private static SortKey keyOf(PendingRequest request, int level) {
        return new SortKey(level, 0, request.submittedAtMillis(), request.key());
    }

    @Override
    public long changesAtMillis(Standing standing) {
        return promotion.changesAtMillis(standing);
    }

    @Override
    public String describe(Standing standing) {
        int level = level(standing.request(), standing.service());
        return promotion.holds(standing) && level > 0
                ? "level 0, promoted from level %d".formatted(level)
                : "level %d".formatted(level);
    }

    @Override
    public double urgency(PendingRequest request, ServiceModel service) {
        return (double) level(request, service) / shares.length;
    }

    private int level(PendingRequest request, ServiceModel service) {
        double received =
                service.decodeMillis(request.inputTokens(), request.progress().generatedTokens());
        int level = 0;
        while (level < shares.length - 1 && received >= shares[level]) {
            level++;
        }
        return level;
    }
}
