package io.sluice.core.policy.ordering;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.policy.OrderingPolicy;
import io.sluice.core.policy.SortKey;
import io.sluice.core.policy.Standing;
import io.sluice.core.prediction.ServiceModel;

import java.util.Locale;

/**
 * The shortest by a learned ranking first (arXiv 2408.15792): the key is (promoted, score), where
 * the score is {@link PendingRequest#lengthScore()}. A request that has waited through a threshold
 * of steps is promoted before all that are not, and stays so for a quantum of steps once it runs. A
 * step is the time that the instance takes for one output token.
 */
public final class LearningToRank implements OrderingPolicy {

    private static final double DEFAULT_STEP_MILLIS =
            ServiceModel.UNKNOWN_HARDWARE.speed().decodePerToken();

    private final long thresholdSteps;
    private final long quantumSteps;

    /**
     * Creates the order.
     *
     * @param thresholdSteps steps of waiting after which a request is promoted; 0 for never
     * @param quantumSteps steps for which a promoted request stays so once it runs
     */
    public LearningToRank(long thresholdSteps, long quantumSteps) {
        if (thresholdSteps < 0 || quantumSteps < 1) {
            throw new IllegalArgumentException(
                    "threshold must be 0 or more and quantum 1 or more steps, got %d and %d"
                            .formatted(thresholdSteps, quantumSteps));
        }
        this.thresholdSteps = thresholdSteps;
        this.quantumSteps = quantumSteps;
    }

    @Override
    public String name() {
        return "ltr";
    }

    @Override
    public SortKey keyOf(PendingRequest request, ServiceModel service) {
        return keyOf(request, false);
    }

    @Override
    public SortKey keyOf(Standing standing) {
        return keyOf(standing.request(), promotion(standing.service()).holds(standing));
    }

    private static SortKey keyOf(PendingRequest request, boolean promoted) {
        return new SortKey(
                promoted ? 0 : 1,
                request.lengthScore(),
                request.submittedAtMillis(),
                request.key());
    }

    @Override
    public long changesAtMillis(Standing standing) {
        return promotion(standing.service()).changesAtMillis(standing);
    }

    @Override
    public String describe(Standing standing) {
        boolean promoted = promotion(standing.service()).holds(standing);
        String score = String.format(Locale.ROOT, "score %.4g", standing.request().lengthScore());
        return promoted ? "promoted after %d steps, %s".formatted(thresholdSteps, score) : score;
    }

    @Override
    public double urgency(PendingRequest request, ServiceModel service) {
        return Urgency.ofScore(request.lengthScore());
    }

    private Promotion promotion(ServiceModel service) {
        double told = service.decodeMillis(0, 1);
        double step = told > 0 ? told : DEFAULT_STEP_MILLIS;
        return new Promotion(
                thresholdSteps == 0 ? Double.POSITIVE_INFINITY : thresholdSteps * step,
                quantumSteps * step);
    }
}
