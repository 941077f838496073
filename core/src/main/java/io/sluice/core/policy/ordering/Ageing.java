package io.sluice.core.policy.ordering;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.policy.OrderingPolicy;
import io.sluice.core.policy.SortKey;
import io.sluice.core.policy.Standing;
import io.sluice.core.prediction.ServiceModel;

/**
 * Gives any order a bound on overtaking. A request's place becomes {@code arrival + X * urgency}
 * with urgency in [0, 1]: waiting X milliseconds makes up for the whole distance between the most
 * and the least urgent, at a linear rate. Since the place lies between arrival and arrival plus X,
 * nothing submitted more than X after a request goes ahead of it. The place is a constant, so
 * ageing costs no re-sorting.
 *
 * <p>Ties of place go by the second part of the base order's key, then to the earlier arrival.
 */
public final class Ageing implements OrderingPolicy {

    private final OrderingPolicy base;
    private final double maxOvertakeMillis;

    /**
     * Creates the aged form of an order.
     *
     * @param base the order that applies among requests of like age
     * @param maxOvertakeMillis X, positive and finite
     */
    public Ageing(OrderingPolicy base, double maxOvertakeMillis) {
        if (!(maxOvertakeMillis > 0) || Double.isInfinite(maxOvertakeMillis)) {
            throw new IllegalArgumentException(
                    "max-overtake must be a positive time, got %s ms".formatted(maxOvertakeMillis));
        }
        this.base = base;
        this.maxOvertakeMillis = maxOvertakeMillis;
    }

    @Override
    public String name() {
        return base.name();
    }

    @Override
    public SortKey keyOf(PendingRequest request, ServiceModel service) {
        double place =
                request.submittedAtMillis() + maxOvertakeMillis * base.urgency(request, service);
        SortKey key = base.keyOf(request, service);
        return new SortKey(
                place, key.second(), key.third(), request.submittedAtMillis(), request.key());
    }

    @Override
    public String describe(Standing standing) {
        double millis = keyOf(standing).first() - standing.request().submittedAtMillis();
        return "%s; counts as submitted %.0f ms later".formatted(base.describe(standing), millis);
    }

    @Override
    public Interruptions interruptions() {
        return base.interruptions();
    }

    @Override
    public double urgency(PendingRequest request, ServiceModel service) {
        return base.urgency(request, service);
    }

    @Override
    public double overtakingBoundMillis() {
        return maxOvertakeMillis;
    }
}
