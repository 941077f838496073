package io.sluice.core.policy.admission;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.PriorityBand;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.policy.AdmissionPolicy;
import io.sluice.core.policy.LaneView;
import io.sluice.core.policy.Refusal;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Limits how much of each priority band may wait in a lane. */
public final class BandLimits implements AdmissionPolicy {

    /**
     * What one band may hold.
     *
     * @param maxRequests waiting requests
     * @param maxTokens prompt plus expected output tokens of the waiting requests
     */
    public record Limit(int maxRequests, long maxTokens) {

        /** No limit. */
        public static final Limit NONE = new Limit(Integer.MAX_VALUE, Long.MAX_VALUE);

        /** Rejects negative limits. */
        public Limit {
            if (maxRequests < 0 || maxTokens < 0) {
                throw new IllegalArgumentException(
                        "queue limits must not be negative, got %d requests, %d tokens"
                                .formatted(maxRequests, maxTokens));
            }
        }
    }

    private final Map<PriorityBand, Limit> limits;

    /**
     * Creates the rule.
     *
     * @param limits limit of each band; a band without one is unlimited
     */
    public BandLimits(Map<PriorityBand, Limit> limits) {
        this.limits = new EnumMap<>(PriorityBand.class);
        this.limits.putAll(limits);
    }

    /**
     * Creates the rule from what {@link BandNumbers} reads.
     *
     * @param maxRequests waiting requests, of each band
     * @param maxTokens prompt plus expected output tokens of the waiting requests, of each band
     * @throws IllegalArgumentException if one of them cannot be read
     */
    public static BandLimits of(String maxRequests, String maxTokens) {
        BandNumbers requests = BandNumbers.parse(maxRequests);
        BandNumbers tokens = BandNumbers.parse(maxTokens);
        Map<PriorityBand, Limit> limits = new EnumMap<>(PriorityBand.class);
        for (PriorityBand band : PriorityBand.values()) {
            int most = (int) Math.min(Integer.MAX_VALUE, requests.of(band));
            limits.put(band, new Limit(most, tokens.of(band)));
        }
        return new BandLimits(limits);
    }

    @Override
    public Optional<Refusal> refuse(PendingRequest request, LaneView lane) {
        PriorityBand band = PriorityBand.of(request.priority());
        Limit limit = limits.getOrDefault(band, Limit.NONE);
        int requests = lane.queuedRequests(band);
        if (requests >= limit.maxRequests()) {
            return refusal(
                    "band %s already holds %d of at most %d requests"
                            .formatted(band.label(), requests, limit.maxRequests()));
        }
        long tokens = lane.queuedTokens(band);
        if (request.reservedTokens() > limit.maxTokens() - tokens) {
            return refusal(
                    "band %s holds %d tokens; %d more would exceed its limit of %d"
                            .formatted(
                                    band.label(),
                                    tokens,
                                    request.reservedTokens(),
                                    limit.maxTokens()));
        }
        return Optional.empty();
    }

    private static Optional<Refusal> refusal(String message) {
        return Optional.of(new Refusal(ReleaseReason.REJECTED_CAPACITY, message));
    }
}
